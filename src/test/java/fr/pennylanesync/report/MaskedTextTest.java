package fr.pennylanesync.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form of a record is shown, and nothing of what it says. */
class MaskedTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{\"id\":1234,\"name\":\"Dupont 2\"}           | {\"id\":1234,\"name\":\"Aaaaaa 9\"}",
            "{\"customer_id\": 77, \"amount\": -1234.50}   | {\"customer_id\": 77, \"amount\": -9999.99}",
            "{\"paid\":true,\"x\":null,\"l\":[false,12]}   | {\"paid\":true,\"x\":null,\"l\":[false,99]}",
            "{\"iban\":\"FR76 3000\",\"mail\":\"a@b.fr\"}  | {\"iban\":\"AA99 9999\",\"mail\":\"a@a.aa\"}",
            "{\"id\":\"12\",\"note\":\"x true, y\"}        | {\"id\":\"99\",\"note\":\"a aaaa, a\"}",
            "{\"label\":\"Ça \uD83D\uDE00 été\u0007\"}     | {\"label\":\"Aa ? aaa?\"}",
            "{\"note\":\"{\\\"secret\\\":1}\"}             | {\"note\":\"{\\\"aaaaaa\\\":9}\"}",
            "{\"a name with spaces\":\"Dupont\"            | {\"a aaaa aaaa aaaaaa\":\"Aaaaaa\"",
            "true                                          | aaaa",
            "<html>Dupont, 12                              | <aaaa>Aaaaaa, 99"})
    void itsFormIsKept(String raw, String form) {
        assertThat(MaskedText.of(raw)).isEqualTo(form);
    }

    @Test
    void aLongOneIsCut() {
        assertThat(MaskedText.of("x".repeat(MaskedText.LENGTH_MAX + 5)))
                .isEqualTo("a".repeat(MaskedText.LENGTH_MAX) + " and 5 characters more");
    }
}

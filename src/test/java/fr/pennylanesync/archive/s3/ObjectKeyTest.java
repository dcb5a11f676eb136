package fr.pennylanesync.archive.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.hash.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A key is what the contract says, reads back as itself, and takes nothing that could be a path. */
class ObjectKeyTest {

    private static final Sha256 HASH = Sha256.of("x".getBytes());

    @ParameterizedTest
    @CsvSource({"'',2026", "books/archive,2026", "a.b-c_d,0"})
    void aKeyReadsBackAsItself(String prefix, int year) {
        ObjectKey key = new ObjectKey(prefix, Long.MAX_VALUE, "customer_invoices", year, -1, HASH, "pdf");
        assertThat(ObjectKey.parse(prefix, key.text())).contains(key);
    }

    @Test
    void aKeyIsWrittenAsTheContractSays() {
        assertThat(new ObjectKey("p", 42, "quotes", 2026, 7, HASH, "pdf").text())
                .isEqualTo("p/42/quotes/2026/7/" + HASH + ".pdf");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "a/../b", "/a", "a/", "a//b", "a b", "é", ".a"})
    void aPrefixIsNoPathOutOfTheBucket(String prefix) {
        assertThatThrownBy(() -> new ObjectKey(prefix, 1, "quotes", 2026, 7, HASH, "pdf"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../pdf", "pdf/x", "PDF", "p df", "facture.pdf"})
    void anExtensionIsNoName(String extension) {
        assertThatThrownBy(() -> new ObjectKey("", 1, "quotes", 2026, 7, HASH, extension))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ObjectKey("", 1, extension + "/", 2026, 7, HASH, "pdf"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "foreign", "1/quotes/2026/7/abc.pdf", "99999999999999999999/quotes/2026/7/x.pdf"})
    void foreignKeysAreNotOurs(String text) {
        assertThat(ObjectKey.parse("", text)).isEmpty();
    }
}

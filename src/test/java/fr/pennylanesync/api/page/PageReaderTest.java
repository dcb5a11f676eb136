package fr.pennylanesync.api.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.SyncException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageReaderTest {

    @Test
    void keepsEveryDigitAndCharacter() {
        Page page = read("""
                {"items":[{"id":9223372036854775807,"rate":1.10,"big":123456789012345678901234567890,
                "tiny":0.1000000000000000055511151231257827,"exp":1E+2,"text":"a\\u0000b\\ud800c\\u00e9"}],
                "has_more":false,"next_cursor":null}""");
        var item = page.items().get(0);
        assertThat(item.get("id").longValue()).isEqualTo(Long.MAX_VALUE);
        assertThat(item.get("rate").decimalValue()).isEqualTo(new BigDecimal("1.10"));
        assertThat(item.get("big").bigIntegerValue()).isEqualTo(new BigInteger("123456789012345678901234567890"));
        assertThat(item.get("tiny").decimalValue()).isEqualTo(new BigDecimal("0.1000000000000000055511151231257827"));
        assertThat(item.get("exp").decimalValue()).isEqualTo(new BigDecimal("1E+2"));
        assertThat(item.get("text").textValue()).isEqualTo("a\0b\ud800c\u00e9");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "true  | \"c\" | 1 | true",
            "false | null  | 1 | false",
            "null  | \"c\" | 1 | true",
            "null  | null  | 1 | false",
            "false | \"c\" | 1 | true",
            "false | \"c\" | 0 | false",
            "null  | \"c\" | 0 | false",
    })
    void derivesWhetherMoreFollows(String hasMore, String cursor, int items, boolean expected) {
        String rows = items == 1 ? "{\"id\":1}" : "";
        Page page = read("{\"items\":[" + rows + "],\"has_more\":" + hasMore + ",\"next_cursor\":" + cursor + "}");
        assertThat(page.hasMore()).isEqualTo(expected);
    }

    @Test
    void ignoresUnknownFields() {
        Page page = read(
                "{\"current_page\":null,\"total_pages\":null,\"items\":[],\"has_more\":false,\"next_cursor\":null}");
        assertThat(page.items()).isEmpty();
        assertThat(page.nextCursor()).isEmpty();
    }

    @Test
    void readsIncludedLinesByParent() {
        Page page = read("""
                {"items":[{"id":7},{"id":8}],"has_more":false,"next_cursor":null,"included":{"invoice_lines":{
                "7":{"items":[{"id":1},{"id":2}],"has_more":true,"next_cursor":"x"},
                "8":{"items":[],"has_more":false,"next_cursor":null}}}}""");
        assertThat(page.included()).containsOnlyKeys(7L, 8L);
        assertThat(page.included().get(7L).items()).hasSize(2);
        assertThat(page.included().get(7L).hasMore()).isTrue();
        assertThat(page.included().get(8L).hasMore()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "[]", "{}", "{\"invoice_lines\":null}", "{\"invoice_lines\":{\"x\":{\"items\":[]}}}",
                    "{\"invoice_lines\":{\"7\":null}}", "{\"invoice_lines\":{\"7\":{\"items\":[{\"id\":1}]}}}",
                    "{\"invoice_lines\":{\"7\":{\"items\":[{\"id\":1}],\"next_cursor\":null}}}",
                    "{\"invoice_lines\":{\"7\":{\"items\":[{\"id\":1}],\"has_more\":null}}}",
                    "{\"invoice_lines\":{\"7\":{\"items\":[{\"id\":1}],\"has_more\":\"false\"}}}"})
    void treatsAnUnknownIncludeAsAbsent(String included) {
        assertThat(read("{\"items\":[],\"has_more\":false,\"included\":" + included + "}").included()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "<html>Canari</html>", "{\"items\":[", "{\"items\":[]} x",
            "{\"items\":[],\"items\":[]}",
            "{\"items\":[],\"has_more\":NaN}", "{\"items\":[{\"id\":1}],\"has_more\":false,\"has_more\":false}"})
    void refusesWhatIsNotOneJsonDocument(String body) {
        assertFails(body, ApiErrorCode.NOT_JSON);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "[]                                                        | NOT_AN_ENVELOPE",
            "null                                                      | NOT_AN_ENVELOPE",
            "{\"error\":\"Canari\",\"status\":500}                     | NOT_AN_ENVELOPE",
            "{\"items\":null,\"has_more\":false}                       | NOT_AN_ENVELOPE",
            "{\"items\":{},\"has_more\":false}                         | NOT_AN_ENVELOPE",
            "{\"items\":[]}                                            | NOT_AN_ENVELOPE",
            "{\"items\":[1],\"has_more\":false}                        | NOT_AN_ENVELOPE",
            "{\"items\":[],\"has_more\":\"true\",\"next_cursor\":\"c\"} | NOT_AN_ENVELOPE",
            "{\"items\":[],\"has_more\":true,\"next_cursor\":7}        | NOT_AN_ENVELOPE",
            "{\"items\":[],\"has_more\":true,\"next_cursor\":\"\"}     | NOT_AN_ENVELOPE",
            "{\"items\":[],\"has_more\":true,\"next_cursor\":null}     | HAS_MORE_WITHOUT_CURSOR",
            "{\"items\":[{\"id\":1},null],\"has_more\":false}          | NULL_ITEM",
    })
    void refusesWhatIsNotTheEnvelope(String body, ApiErrorCode code) {
        assertFails(body, code);
    }

    @Test
    void boundsTheSize() {
        String body = "{\"items\":[],\"has_more\":false,\"pad\":\"" + "x".repeat(5000) + "\"}";
        assertThat(failure(stream(body), new ReadLimits(1000), Deadline.in(Duration.ofMinutes(1))).code())
                .isEqualTo(ApiErrorCode.BODY_TOO_LARGE);
        assertThat(
                PageReader.read(stream(body), "/x", new ReadLimits(body.length()), Deadline.in(Duration.ofMinutes(1)))
                        .items())
                .isEmpty();
    }

    @Test
    void boundsDepthAndNumbers() {
        assertFails("[".repeat(200) + "]".repeat(200), ApiErrorCode.JSON_LIMIT_EXCEEDED);
        assertFails("{\"items\":[],\"n\":" + "1".repeat(2000) + "}", ApiErrorCode.JSON_LIMIT_EXCEEDED);
    }

    @Test
    void boundsTheTotalTimeOfADrip() {
        AtomicLong now = new AtomicLong();
        InputStream drip = new InputStream() {
            @Override
            public int read() {
                now.addAndGet(Duration.ofSeconds(1).toNanos());
                return ' ';
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                buffer[offset] = (byte) read();
                return 1;
            }
        };
        Deadline deadline = Deadline.in(Duration.ofSeconds(30), now::get);
        assertThat(failure(drip, ReadLimits.DEFAULT, deadline).code()).isEqualTo(ApiErrorCode.TIME_EXCEEDED);
        assertThat(Duration.ofNanos(now.get())).isLessThan(Duration.ofSeconds(32));
    }

    @Test
    void namesABrokenConnection() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new SocketException("Canari");
            }
        };
        SyncException failure = failure(broken, ReadLimits.DEFAULT, Deadline.in(Duration.ofMinutes(1)));
        assertThat(failure.code()).isEqualTo(ApiErrorCode.CONNECTION_RESET);
    }

    private static Page read(String body) {
        return PageReader.read(stream(body), "/customers", ReadLimits.DEFAULT, Deadline.in(Duration.ofMinutes(1)));
    }

    private static void assertFails(String body, ErrorCode code) {
        SyncException failure = failure(stream(body), ReadLimits.DEFAULT, Deadline.in(Duration.ofMinutes(1)));
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.getMessage()).doesNotContain("Canari");
        assertThat(failure.getCause()).isNull();
    }

    private static SyncException failure(InputStream body, ReadLimits limits, Deadline deadline) {
        return catchThrowableOfType(SyncException.class, () -> PageReader.read(body, "/customers", limits, deadline));
    }

    private static InputStream stream(String body) {
        return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    }
}

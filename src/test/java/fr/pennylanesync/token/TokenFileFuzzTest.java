package fr.pennylanesync.token;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.fuzz.Mutations;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What a token file holds is a token that fits into a header, or one of our faults, which quotes none of it. */
public class TokenFileFuzzTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final TokenText TEXT = new TokenText(text -> {
        throw new IllegalArgumentException(text);
    });
    private static final Mutations FILES = Mutations.of(List.of("a-token-of-acme\n", "{{env:TOKEN}}",
            "{\"client_id\": \"c\", \"client_secret\": \"s\", \"refresh_token\": \"r\", \"access_token\": \"a\","
                    + " \"access_token_expires_at\": \"2027-01-01T00:00:00Z\"}"),
            "\r\n", "\n", "\r", "\u2028", "\u0085", "{{", "}}", "Bearer ", "\"", "\u001b", "\u00e9", "{", "[",
            "+999999999-12-31T23:59:59Z",
            "-1000000000-01-01T00:00:00Z", "\\u0000", ":", "null");

    @Property(tries = 500)
    void aFileIsATokenOrOneOfOurFaults(@ForAll("files") byte[] file) {
        fuzzerTestOneInput(file);
    }

    @Provide
    Arbitrary<byte[]> files() {
        return FILES.inputs();
    }

    /** Is what Jazzer calls; see CONTRIBUTING.md. */
    public static void fuzzerTestOneInput(byte[] file) {
        String text = new String(file, StandardCharsets.UTF_8);
        try {
            assertThat(TEXT.parse(text).reveal()).matches("[\\x21-\\x7e]{1,4096}").doesNotContain("\"", "{{");
        } catch (SyncException refused) {
            assertFault(refused);
        }
        try {
            OAuthFile oauth = OAuthFile.parse(text);
            oauth.accessToken(NOW, Duration.ofMinutes(30), TEXT);
            oauth.renewed(oauth.refreshToken(TEXT), NOW, Optional.empty()).text();
            oauth.clientId(TEXT);
            oauth.clientSecret(TEXT);
        } catch (SyncException refused) {
            assertFault(refused);
        }
    }

    private static void assertFault(SyncException refused) {
        assertThat(refused.code()).isInstanceOf(TokenErrorCode.class);
        assertThat(refused.getMessage()).isEqualTo(new SyncException(refused.code()).getMessage());
    }
}

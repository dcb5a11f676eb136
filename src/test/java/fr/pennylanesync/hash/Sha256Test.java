package fr.pennylanesync.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The expected values were computed with {@code sha256sum}. */
class Sha256Test {

    private static final String OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void partsAreHashedAsTheirConcatenation() {
        assertThat(Sha256.of(ascii("abc"))).hasToString(OF_ABC);
        assertThat(Sha256.of(ascii("a"), ascii(""), ascii("bc"))).hasToString(OF_ABC);
    }

    @Test
    void aValueIsItsBytesAndNobodyChangesThem() {
        byte[] bytes = HexFormat.of().parseHex(OF_ABC);
        Sha256 stored = Sha256.stored(bytes);
        bytes[0]++;
        stored.bytes()[0]++;
        assertThat(stored).hasToString(OF_ABC).isEqualTo(Sha256.of(ascii("abc")))
                .hasSameHashCodeAs(Sha256.of(ascii("abc"))).isNotEqualTo(Sha256.of(ascii("abd"))).isNotEqualTo(OF_ABC);
        assertThat(stored.hashCode()).isNotEqualTo(Sha256.ZERO.hashCode());
        assertThat(stored.bytes()).isEqualTo(HexFormat.of().parseHex(OF_ABC));
        assertThatIllegalArgumentException().isThrownBy(() -> Sha256.stored(new byte[31]));
    }

    @Test
    void aChainHashesTheHeadBeforeTheNextValue() {
        assertThat(Sha256.ZERO.chain(Sha256.of(ascii("abc"))))
                .isEqualTo(Sha256.of(new byte[32], HexFormat.of().parseHex(OF_ABC)))
                .hasToString("589f9ffed4c477966bfb8d41f37895b08c69047df8f911d6f3b57fbe08faee8d");
        assertThat(Sha256.of(ascii("abc")).chain(Sha256.ZERO)).isNotEqualTo(
                Sha256.ZERO.chain(Sha256.of(ascii("abc"))));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

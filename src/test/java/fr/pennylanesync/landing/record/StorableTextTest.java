package fr.pennylanesync.landing.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StorableTextTest {

    @Test
    void anyTextSurvivesAndIsStorable() {
        Random random = new Random(7);
        char[] nasty = {0, '\uFDD0', '\ud800', '\udc00', 'a', 'é', '\uffff', '0', '\ud83d', '\ude00'};
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = 0; j < random.nextInt(8); j++) {
                text.append(nasty[random.nextInt(nasty.length)]);
            }
            String encoded = StorableText.encode(text.toString());
            assertThat(StorableText.decode(encoded)).isEqualTo(text.toString());
            assertThat(encoded).doesNotContain("\0");
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(encoded)).isTrue();
        }
    }

    @Test
    void ordinaryTextIsLeftAlone() {
        String text = "Façade d’été 😀 — 12 %";
        assertThat(StorableText.encode(text)).isSameAs(text);
    }
}

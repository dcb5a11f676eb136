package fr.pennylanesync.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BatchHashTest {

    private static final Sha256 RECORD = Sha256.of("{}".getBytes(StandardCharsets.UTF_8));
    private static final Sha256 OTHER = Sha256.of("[]".getBytes(StandardCharsets.UTF_8));

    /** Computed with printf and {@code sha256sum}, from what the class says that it covers. */
    @Test
    void aBatchHashIsTheOneThatAnybodyCanCompute() {
        assertThat(BatchHash.begin(7, "customers", "walk").finish())
                .hasToString("f4d03330bcb1912cc014945d78ada5bea447c59f9f459965ced56172f769bc6c");
        assertThat(BatchHash.begin(7, "customers", "walk").add(0, 258, RECORD).add(5, 1, OTHER).finish())
                .hasToString("6c5f1b741162925125adb53b5cc24657eef0a35d5277872de200b1cae274bb36");
    }

    @Test
    void whateverABatchIsMadeOfCounts() {
        assertThat(BatchHash.begin(7, "customers", "walk").add(1, 2, RECORD).finish())
                .isEqualTo(BatchHash.begin(7, "customers", "walk").add(1, 2, RECORD).finish())
                .isNotEqualTo(BatchHash.begin(8, "customers", "walk").add(1, 2, RECORD).finish())
                .isNotEqualTo(BatchHash.begin(7, "suppliers", "walk").add(1, 2, RECORD).finish())
                .isNotEqualTo(BatchHash.begin(7, "customers", "sweep").add(1, 2, RECORD).finish())
                .isNotEqualTo(BatchHash.begin(7, "customers", "walk").add(2, 2, RECORD).finish())
                .isNotEqualTo(BatchHash.begin(7, "customers", "walk").add(1, 3, RECORD).finish())
                .isNotEqualTo(BatchHash.begin(7, "customers", "walk").add(1, 2, OTHER).finish());
        assertThat(BatchHash.begin(7, "customers", "walk").add(0, 1, RECORD).add(0, 2, OTHER).finish())
                .isNotEqualTo(BatchHash.begin(7, "customers", "walk").add(0, 2, OTHER).add(0, 1, RECORD).finish());
    }
}

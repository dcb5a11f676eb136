package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.runtime.TamperedWarehouse.Edit;
import fr.pennylanesync.verification.Verification.VerificationResult;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever somebody with SQL rights edits in a synced warehouse is found, and named to the row, column or batch. */
class TamperedWarehouseTest {

    private static TamperedWarehouse synced;

    @BeforeAll
    static void sync() {
        synced = new TamperedWarehouse(60, 1);
    }

    @AfterAll
    static void close() {
        synced.close();
    }

    @Test
    void whatNobodyEditedIsVerifiedInSilence() {
        VerificationResult verified = synced.verify();
        assertThat(verified.differences()).isEmpty();
        assertThat(verified.rows()).isGreaterThan(100);
        assertThat(verified.batches()).isGreaterThan(5);
    }

    @Test
    void aSyncThatGoesOnIsNoDifference() {
        Random random = new Random(11);
        long before = synced.verify().batches();
        CompletableFuture<Void> syncs = CompletableFuture.runAsync(() -> {
            for (int round = 0; round < 3; round++) {
                synced.changeAndSync(random);
            }
        });
        do {
            assertThat(synced.verify().differences()).isEmpty();
        } while (!syncs.isDone());
        syncs.join();
        assertThat(synced.verify().batches()).as("something landed meanwhile").isGreaterThan(before);
    }

    static List<Edit> edits() {
        return Edit.all();
    }

    @ParameterizedTest
    @MethodSource("edits")
    void anEditIsFoundAndNamed(Edit edit) {
        String fault = synced.tamper(edit, 0, List.of(edit.table()), id -> {
            VerificationResult verified = synced.verify(edit);
            return edit.isNamedIn(verified, id, 0) ? "" : edit.names() + " is not named, but " + verified.differences();
        }).orElseThrow();
        assertThat(fault).isEmpty();
    }
}

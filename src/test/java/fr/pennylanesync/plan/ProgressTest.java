package fr.pennylanesync.plan;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.failure.SyncException;
import org.junit.jupiter.api.Test;

/** When a process that answers does no work. */
class ProgressTest {

    private final Progress progress = new Progress();

    @Test
    void aProcessThatHasNotBegunIsNotStandingStill() {
        assertWorks();
    }

    @Test
    void oneCompanyOrOneStreamThatFailsIsNotTheProcess() {
        progress.failed(1, "customers", "UNEXPECTED", "x");
        progress.idle(1, "products");
        progress.failed(2, "me", "UNEXPECTED", "x");
        assertWorks();
    }

    @Test
    void aFailureThatHasANameIsNotTheProcess() {
        progress.failed(1, "customers", "SERVER_ERROR", "x");
        progress.failed(1, "products", "UNEXPECTED", "x");
        assertWorks();
    }

    @Test
    void allCompaniesStandStillUntilOneStreamEndsOtherwise() {
        progress.failed(1, "customers", "UNEXPECTED", "x");
        progress.failed(1, "products", "UNEXPECTED", "x");
        progress.failed(2, "me", "UNEXPECTED", "x");
        assertThatThrownBy(progress::requireWork).isInstanceOf(SyncException.class).hasMessageContaining("UNEXPECTED");
        progress.started(1, "customers");
        assertThatThrownBy(progress::requireWork).isInstanceOf(SyncException.class);
        progress.idle(2, "customers");
        assertWorks();
    }

    private void assertWorks() {
        assertThatCode(progress::requireWork).doesNotThrowAnyException();
    }
}

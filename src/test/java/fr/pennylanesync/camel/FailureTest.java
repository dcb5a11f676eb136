package fr.pennylanesync.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.archive.s3.ArchiveErrorCode;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.LandingErrorCode;
import fr.pennylanesync.share.ShareErrorCode;
import java.sql.SQLException;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.RuntimeCamelException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.CannotCreateTransactionException;
import software.amazon.awssdk.core.exception.SdkClientException;

class FailureTest {

    private static final String CANARY = "Boulangerie Canari";

    @Test
    void ourOwnExceptionIsToldAsItIs() {
        SyncException failure = new SyncException(ShareErrorCode.SHARE_CUT, "lines");

        assertThat(Failure.of(failure)).isEqualTo(new Failure(ShareErrorCode.SHARE_CUT, failure.getMessage()));
    }

    @Test
    void anythingElseIsToldByItsClassAndOurPlace() {
        Failure failure = Failure.of(new IllegalStateException(CANARY));

        assertThat(failure.code()).isEqualTo("UNEXPECTED");
        assertThat(failure.message()).contains("java.lang.IllegalStateException at fr.pennylanesync.camel.FailureTest:")
                .doesNotContain(CANARY);
    }

    @Test
    void anErrorOfTheMachineIsNobodysFailure() {
        OutOfMemoryError fatal = new OutOfMemoryError();

        assertThatThrownBy(() -> Failure.of(CamelExecutionException.wrapCamelExecutionException(null, fatal)))
                .isSameAs(fatal);
    }

    @Test
    void anotherErrorIsAFaultOfOurs() {
        assertThat(Failure.of(CamelExecutionException.wrapCamelExecutionException(null, new AssertionError(CANARY)))
                .message())
                .doesNotContain(CANARY);
    }

    @Test
    void foreignFailuresAreKnownWhereverTheyAre() {
        SQLException sql = new SQLException(CANARY, "08006");
        SyncException ours = new SyncException(ShareErrorCode.SHARE_BUSY);

        assertThat(ForeignFailures.known(new DataIntegrityViolationException(CANARY, sql), true).orElseThrow().code())
                .isEqualTo(LandingErrorCode.WAREHOUSE_REFUSED);
        assertThat(ForeignFailures.known(new CannotCreateTransactionException(CANARY, sql), true).orElseThrow().code())
                .isEqualTo(LandingErrorCode.WAREHOUSE_REFUSED);
        assertThat(ForeignFailures.known(new RuntimeCamelException(CANARY, sql), true).orElseThrow().code())
                .isEqualTo(ShareErrorCode.SHARE_CUT);
        assertThat(ForeignFailures.known(new RuntimeCamelException(CANARY, sql), false).orElseThrow().code())
                .as("a job's statement").isEqualTo(LandingErrorCode.WAREHOUSE_REFUSED);
        assertThat(ForeignFailures.known(SdkClientException.create(CANARY), true).orElseThrow().code())
                .isEqualTo(ArchiveErrorCode.UNAVAILABLE);
        assertThat(ForeignFailures.known(new RuntimeCamelException(CANARY, ours), true)).containsSame(ours);
        assertThat(ForeignFailures.known(new IllegalStateException(CANARY), true)).isEmpty();
    }
}

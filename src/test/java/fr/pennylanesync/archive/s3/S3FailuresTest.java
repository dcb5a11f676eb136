package fr.pennylanesync.archive.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.failure.SyncException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3FailuresTest {

    private static final String CANARY = "canary-bucket";

    @ParameterizedTest
    @CsvSource({
            "500, UNAVAILABLE", "503, UNAVAILABLE", "429, UNAVAILABLE", "408, UNAVAILABLE", "409, UNAVAILABLE",
            "501, REFUSED",
            "403, REFUSED", "400, REFUSED", "404, OBJECT_MISSING"
    })
    void namesAnAnswer(int status, ArchiveErrorCode code) {
        SyncException failure = S3Failures.of(S3Exception.builder().statusCode(status).message(CANARY).build());

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure).hasMessageContaining("status " + status).hasMessageNotContaining(CANARY).hasNoCause();
    }

    @Test
    void aBucketThatIsMissingIsNoMissingObject() {
        AwsErrorDetails details = AwsErrorDetails.builder().errorCode("NoSuchBucket").errorMessage(CANARY).build();

        assertThat(S3Failures.of(S3Exception.builder().statusCode(404).awsErrorDetails(details).build()).code())
                .isEqualTo(ArchiveErrorCode.BUCKET_MISSING);
    }

    @Test
    void noAnswerPasses() {
        assertThatThrownBy(() -> S3Failures.named("storing", () -> {
            throw SdkClientException.create(CANARY);
        })).isInstanceOfSatisfying(SyncException.class, failure -> {
            assertThat(failure.is(ArchiveErrorCode.UNAVAILABLE)).isTrue();
            assertThat(failure.retryable()).isTrue();
            assertThat(failure).hasMessageContaining("storing got no answer").hasMessageNotContaining(CANARY);
        });
    }
}

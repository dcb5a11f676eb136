package fr.pennylanesync.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SyncExceptionTest {

    /** A code that may pass by itself. */
    private enum PassingCode implements ErrorCode {
        LINE_BUSY;

        @Override
        public String source() {
            return "line";
        }

        @Override
        public ErrorDescription description() {
            return ErrorDescription.passing(Fault.THEIRS, Scope.COMPANY, "the line is busy", "wait");
        }
    }

    @Test
    void theMessageIsCodeMeaningDetailAndRemedy() {
        assertThat(new SyncException(PassingCode.LINE_BUSY, "extension 7"))
                .hasMessage("LINE_BUSY: the line is busy: extension 7 -> wait").hasNoCause();
    }

    @Test
    void aCodeThatSaysEverythingNeedsNoDetail() {
        assertThat(new SyncException(PassingCode.LINE_BUSY)).hasMessage("LINE_BUSY: the line is busy -> wait");
    }

    @Test
    void itIsRetryableAsItsCodeIs() {
        assertThat(new SyncException(PassingCode.LINE_BUSY).retryable()).isTrue();
        assertThat(new SyncException(GeneralErrorCode.UNEXPECTED).retryable()).isFalse();
    }

    @Test
    void theSameFailureMayBeNotWorthARetry() {
        SyncException known = new SyncException(PassingCode.LINE_BUSY, "extension 7");
        SyncException again = known.withoutRetry();

        assertThat(again.retryable()).isFalse();
        assertThat(again).hasMessage(known.getMessage()).hasCause(known);
        assertThat(again.is(PassingCode.LINE_BUSY)).isTrue();
        assertThat(again.is(GeneralErrorCode.UNEXPECTED)).isFalse();
    }

    @Test
    void itSaysWhatItsCodeSays() {
        SyncException failure = new SyncException(PassingCode.LINE_BUSY);

        assertThat(failure.code()).isEqualTo(PassingCode.LINE_BUSY);
        assertThat(failure.scope()).isEqualTo(Scope.COMPANY);
        assertThat(failure.source()).isEqualTo("line");
        assertThat(failure.remedy()).isEqualTo("wait");
        assertThat(failure.code().fault()).isEqualTo(Fault.THEIRS);
        assertThat(failure.code().explanation()).isEqualTo("the line is busy: wait");
    }

    @Test
    void aDescriptionIsAClause() {
        assertThatThrownBy(() -> ErrorDescription.lasting(Fault.OURS, Scope.ITEM, "a sentence.", "wait"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ErrorDescription.lasting(Fault.OURS, Scope.ITEM, "a clause", " "))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

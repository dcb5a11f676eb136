package fr.pennylanesync.archive;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.archive.FailedAttempt.RetryOutlook;
import fr.pennylanesync.archive.download.DownloadCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailedAttemptTest {

    @Test
    void aSourceThatIsAwayIsWaitedForWhateverItTakes() {
        assertThat(states(RetryOutlook.PASSES, 100)).containsOnly(FileState.PENDING);
    }

    @ParameterizedTest
    @EnumSource(names = {"STALE", "WRONG"})
    void whatStaysWrongIsSetAsideAtTheEighthAttempt(RetryOutlook outlook) {
        assertThat(states(outlook, 7)).containsOnly(FileState.PENDING);
        assertThat(attempt(outlook).state(8)).isEqualTo(FileState.QUARANTINED);
    }

    @Test
    void aFileThatDoesNotExistFailsAtTheFourthAttempt() {
        assertThat(states(RetryOutlook.NOTHING_THERE, 3)).containsOnly(FileState.PENDING);
        assertThat(attempt(RetryOutlook.NOTHING_THERE).state(4)).isEqualTo(FileState.FAILED);
    }

    @ParameterizedTest
    @EnumSource(names = {"PASSES", "STALE", "WRONG"})
    void theFirstAttemptsFollowAtOnceAndTheNextLaterAndLater(RetryOutlook outlook) {
        assertThat(IntStream.rangeClosed(1, 10).mapToObj(attempt(outlook)::wait).toList()).containsExactly(
                Optional.empty(), Optional.empty(), Optional.empty(), minutes(1), minutes(4), minutes(16), minutes(64),
                minutes(256), minutes(256), minutes(256));
    }

    /** Documents are made some minutes after their record. */
    @Test
    void aFileThatIsNotThereYetIsAlwaysWaitedFor() {
        assertThat(FailedAttempt.NO_URL.wait(1)).isEqualTo(minutes(1));
        assertThat(FailedAttempt.RECORD_ABSENT.wait(2)).isEqualTo(minutes(4));
        assertThat(FailedAttempt.NO_URL.wait(3)).isEqualTo(minutes(16));
    }

    private static Optional<Duration> minutes(long minutes) {
        return Optional.of(Duration.ofMinutes(minutes));
    }

    private static FailedAttempt attempt(RetryOutlook outlook) {
        return new FailedAttempt("CODE", outlook);
    }

    private static List<FileState> states(RetryOutlook outlook, int attempts) {
        return IntStream.rangeClosed(1, attempts).mapToObj(attempt(outlook)::state).distinct().toList();
    }

    /** Each try of it keeps the files of all companies waiting. */
    @Test
    void aFileThatExhaustsItsParserIsNotTriedAgainAtOnce() {
        FailedAttempt suspect = new FailedAttempt(DownloadCode.SUSPECT.name(), RetryOutlook.WRONG);
        assertThat(suspect.wait(1)).contains(Duration.ofMinutes(1));
        assertThat(suspect.wait(3)).contains(Duration.ofMinutes(16));
        assertThat(suspect.state(3)).isEqualTo(FileState.PENDING);
        assertThat(suspect.state(4)).isEqualTo(FileState.QUARANTINED);
    }
}

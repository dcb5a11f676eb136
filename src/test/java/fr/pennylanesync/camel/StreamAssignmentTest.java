package fr.pennylanesync.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class StreamAssignmentTest {

    private final StreamAssignment assignment = new StreamAssignment();

    @Test
    void atFirstEveryStreamMayContinue() {
        assertThat(assignment.mayContinue("customers", true)).isTrue();
        assertThat(assignment.mayContinue("customers", false)).isTrue();
        assertThat(assignment.isRevoked("customers")).isFalse();
        assertThat(assignment.isReplaced("customers")).isFalse();
    }

    /** The next set writes its rows differently: not even a pass that would lose its place may land them. */
    @Test
    void aReplacedStreamStopsAtOnce() {
        assignment.revoke(Set.of("customers"), Set.of());
        assertThat(assignment.mayContinue("customers", false)).isFalse();
        assertThat(assignment.isReplaced("customers")).isTrue();
        assertThat(assignment.isRevoked("customers")).isTrue();
        assertThat(assignment.mayContinue("journals", true)).isTrue();
    }

    @Test
    void anotherStreamStopsWhereItLosesNothing() {
        assignment.revoke(Set.of(), Set.of("journals"));
        assertThat(assignment.mayContinue("journals", false)).isTrue();
        assertThat(assignment.mayContinue("journals", true)).isFalse();
        assertThat(assignment.isRevoked("journals")).isTrue();
        assertThat(assignment.isReplaced("journals")).isFalse();
    }

    @Test
    void whatIsTakenAwayAddsUp() {
        assignment.revoke(Set.of("customers"), Set.of("journals"));
        assignment.revoke(Set.of("quotes"), Set.of("products"));
        assertThat(assignment.isReplaced("customers")).isTrue();
        assertThat(assignment.isReplaced("quotes")).isTrue();
        assertThat(assignment.isRevoked("journals")).isTrue();
        assertThat(assignment.isRevoked("products")).isTrue();
    }

    @Test
    void givingBackRestoresWhatWasInForceBefore() {
        assignment.revoke(Set.of("customers"), Set.of());
        Runnable giveBack = assignment.revoke(Set.of("quotes"), Set.of("journals"));
        giveBack.run();
        assertThat(assignment.isRevoked("quotes")).isFalse();
        assertThat(assignment.isRevoked("journals")).isFalse();
        assertThat(assignment.isReplaced("customers")).isTrue();
    }
}

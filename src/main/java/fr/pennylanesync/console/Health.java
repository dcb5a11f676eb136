package fr.pennylanesync.console;

import fr.pennylanesync.console.web.Viewer;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.report.Warning;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The health as machines ask for it.
 *
 * @param status UP or DOWN
 * @param warnings what somebody should look at, what takes it down among it
 * @param warningCount how many there are, shown or not
 */
record Health(String status, List<HealthCheck> checks, List<Warning> warnings, int warningCount) {

    private static final int WARNINGS_MAX = 100;
    private static final String UP = "UP";
    private static final String DOWN = "DOWN";

    /**
     * @param code why it is down, and what to do; empty if it is up
     * @param since when it went down
     */
    record HealthCheck(String name, String status, String code, Optional<Instant> since, String remedy) {

        private static HealthCheck up(String name) {
            return new HealthCheck(name, UP, "", Optional.empty(), "");
        }

        private static HealthCheck down(String name, String code, Instant since, String remedy) {
            return new HealthCheck(name, DOWN, code, Optional.of(since), remedy);
        }

        private boolean isDown() {
            return status.equals(DOWN);
        }

        private Warning warning() {
            return new Warning(code, name, since, remedy);
        }
    }

    static Health starting(Instant since) {
        return of(List.of(HealthCheck.down("runtime", "STARTING", since, "it waits for the warehouse and the archive")),
                List.of());
    }

    /** The start waits for something that has a code. */
    static Health waiting(ErrorCode code, Instant since) {
        return of(List.of(HealthCheck.down("runtime", code.name(), since, code.remedy())), List.of());
    }

    static Health of(List<HealthCheck> checks, List<Warning> warnings) {
        List<Warning> all =
                Stream.concat(checks.stream().filter(HealthCheck::isDown).map(HealthCheck::warning), warnings.stream())
                        .toList();
        String status = checks.stream().anyMatch(HealthCheck::isDown) ? DOWN : UP;
        return new Health(status, checks, all, all.size());
    }

    /** Leaves out the warnings about companies that somebody may not see, and about the whole installation. */
    Health seenBy(Viewer viewer) {
        return viewer.seesAll() ? this
                : of(checks, warnings.stream().filter(warning -> viewer.companies().orElseThrow()
                        .stream().anyMatch(alias -> warning.subject().contains("(" + alias + ")"))).toList());
    }

    /** Shows at most {@value #WARNINGS_MAX} warnings, and still says how many there are. */
    Health shown() {
        return new Health(status, checks, warnings.stream().limit(WARNINGS_MAX).toList(), warningCount);
    }

    /** Returns what a probe heard last. */
    static HealthCheck check(HealthProbe probe) {
        return probe.failure()
                .map(failed -> HealthCheck.down(probe.name(), failed.code(), failed.since(), failed.remedy()))
                .orElse(HealthCheck.up(probe.name()));
    }

    /** The process itself: whoever gets this answer need not restart it. */
    static Health alive() {
        return of(List.of(), List.of());
    }

    boolean isUp() {
        return status.equals(UP);
    }
}

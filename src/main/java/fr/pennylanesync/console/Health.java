package fr.pennylanesync.console;

import java.util.List;

/**
 * The health as machines ask for it.
 *
 * @param status UP or DOWN
 * @param warnings what does not take it down, at most {@value #WARNINGS_MAX} of them
 * @param warningCount how many there are
 */
record Health(String status, List<HealthCheck> checks, List<Warning> warnings, int warningCount) {

    private static final int WARNINGS_MAX = 100;
    private static final String UP = "UP";
    private static final String DOWN = "DOWN";

    /** @param code why it is down, and what to do; empty if it is up */
    record HealthCheck(String name, String status, String code, String remedy) {}

    static Health starting() {
        return new Health(DOWN,
                List.of(new HealthCheck("runtime", DOWN, "STARTING", "it waits for the warehouse and the archive")),
                List.of(), 0);
    }

    static Health of(List<HealthProbe> probes, List<Warning> warnings) {
        List<HealthCheck> checks = probes.stream().map(probe -> probe.failure()
                .map(code -> new HealthCheck(probe.name(), DOWN, code, probe.remedy()))
                .orElse(new HealthCheck(probe.name(), UP, "", ""))).toList();
        String status = checks.stream().anyMatch(check -> check.status().equals(DOWN)) ? DOWN : UP;
        return new Health(status, checks, warnings.stream().limit(WARNINGS_MAX).toList(), warnings.size());
    }

    /** The process itself: whoever gets this answer need not restart it. */
    static Health alive() {
        return new Health(UP, List.of(), List.of(), 0);
    }

    boolean isUp() {
        return status.equals(UP);
    }
}

package fr.pennylanesync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.failure.FatalErrors;
import fr.pennylanesync.schedule.CompanyJob;
import fr.pennylanesync.schedule.Schedulers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.JobBuilder;
import org.quartz.Scheduler;
import org.quartz.TriggerBuilder;

/** A machine that fails, in a process of its own: wherever that happens, the process ends and says why. */
class UncaughtErrorsTest {

    @ParameterizedTest
    @ValueSource(strings = {"thread", "scheduler", "job", "wrapped"})
    void aMachineWithoutMemoryEndsItsProcessWithALineAndACode(String place) throws Exception {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                Exhausted.class.getName(), place).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(said).isEqualTo(PennylaneSync.MACHINE_FAILED);
        assertThat(said.lines().filter(line -> line.startsWith("The Java machine failed"))).singleElement().asString()
                .contains("OutOfMemoryError", "start", "-Xmx");
    }

    /** Uses all its memory, in one of the places whose owner would otherwise go on without a word. */
    static final class Exhausted {

        private Exhausted() {}

        public static void main(String[] place) throws Exception {
            Thread.setDefaultUncaughtExceptionHandler(new UncaughtErrors());
            switch (place[0]) {
                case "thread" -> new Thread(Exhausted::exhaust).start();
                case "scheduler" -> FatalErrors.scheduler(1, "x").scheduleWithFixedDelay(Exhausted::exhaust, 0, 1,
                        TimeUnit.SECONDS);
                case "job" -> job();
                case "wrapped" -> wrapped();
                default -> throw new IllegalArgumentException(place[0]);
            }
            new CountDownLatch(1).await();
        }

        private static void job() throws Exception {
            Scheduler scheduler = Schedulers.inMemory("x", 1, id -> exhaust(), Duration.ofMinutes(1));
            scheduler.scheduleJob(JobBuilder.newJob(CompanyJob.class).withIdentity("7").build(),
                    TriggerBuilder.newTrigger().startNow().build());
            scheduler.start();
        }

        private static void wrapped() {
            try {
                exhaust();
            } catch (OutOfMemoryError fatal) {
                FatalErrors.report(new IllegalStateException(new IllegalStateException(fatal)));
            }
        }

        private static void exhaust() {
            List<byte[]> all = new ArrayList<>();
            while (true) {
                all.add(new byte[1 << 20]);
            }
        }
    }
}

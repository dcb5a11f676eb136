package fr.pennylanesync.camel;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.reload.RouteSnapshot;
import fr.pennylanesync.reload.RouteText;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A job that stands, such as an audit that waits for Pennylane, keeps no other from its work. */
class JobThreadsTest {

    private static final Pattern POOL = Pattern.compile("executorService: \"(#\\w+)\"");

    @Test
    void noJobWaitsForTheThreadsOfAnother() {
        List<RouteText> jobs = RouteSnapshot.read(Path.of("routes")).in("jobs");
        List<String> pools = jobs.stream().flatMap(job -> POOL.matcher(job.content()).results()
                .map(MatchResult::group).distinct()).toList();
        assertThat(pools).hasSizeGreaterThan(1).doesNotHaveDuplicates();
        assertThat(JobRoutes.scheduler()).hasEntrySatisfying(
                "camel.component.quartz.properties[org.quartz.threadPool.threadCount]",
                threads -> assertThat(Integer.parseInt(threads)).isGreaterThanOrEqualTo(jobs.size()));
    }
}

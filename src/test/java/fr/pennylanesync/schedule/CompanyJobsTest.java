package fr.pennylanesync.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.settings.Cadence;
import fr.pennylanesync.token.Company;
import fr.pennylanesync.token.CompanyState;
import fr.pennylanesync.token.Scopes;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quartz.Scheduler;
import org.quartz.TriggerKey;
import org.quartz.impl.matchers.GroupMatcher;

/** A real scheduler in memory; when companies ran is in a real warehouse. */
class CompanyJobsTest {

    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final Cadence HOURLY = new Cadence.Every(Duration.ofHours(1));
    private static final Cadence SECONDLY = new Cadence.Every(Duration.ofSeconds(1));

    private final Warehouse warehouse = TestWarehouse.create();
    private final CompanyRuns runs = new CompanyRuns(warehouse.jdbc(), "test", company -> 0);
    private final Map<Long, Cadence> cadences = new ConcurrentHashMap<>();
    private final Map<Long, Integer> synced = new ConcurrentHashMap<>();
    private final Map<Long, Integer> running = new ConcurrentHashMap<>();
    private final AtomicInteger overlaps = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final Semaphore hold = new Semaphore(Integer.MAX_VALUE);
    private Scheduler scheduler;
    private CompanyJobs jobs;

    @BeforeEach
    void start() throws Exception {
        scheduler = Schedulers.inMemory(UUID.randomUUID().toString(), 4, this::sync, Duration.ofSeconds(2));
        jobs = new CompanyJobs(scheduler, company -> cadences.getOrDefault(company.id(), HOURLY), runs,
                Clock.systemUTC());
        scheduler.start();
    }

    @AfterEach
    void stop() throws Exception {
        scheduler.shutdown(true);
        warehouse.close();
    }

    private void sync(long companyId) {
        if (running.merge(companyId, 1, Integer::sum) > 1) {
            overlaps.incrementAndGet();
        }
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        hold.acquireUninterruptibly();
        hold.release();
        atOnce.decrementAndGet();
        running.merge(companyId, -1, Integer::sum);
        synced.merge(companyId, 1, Integer::sum);
    }

    @Test
    void whoAppearsIsSyncedAtOnceWhoWasSyncedLatelyIsNotAndWhoseSyncWasBrokenOffIs() throws Exception {
        runs.begun(2);
        runs.ended(2, List.of(), Optional.empty());
        runs.begun(3);
        jobs.align(companies(1, 2, 3));
        await().atMost(WITHIN).untilAsserted(() -> assertThat(synced).containsOnlyKeys(1L, 3L));
        assertThat(triggers()).containsExactlyInAnyOrder("1 every PT1H", "2 every PT1H", "3 every PT1H");
        jobs.align(companies(1, 2, 3));
        await().during(Duration.ofMillis(300)).until(() -> synced.values().stream().allMatch(times -> times == 1));
    }

    @Test
    void whoGoesIsUnscheduledAndWhoComesBackIsScheduledAgain() throws Exception {
        jobs.align(companies(1, 2));
        jobs.align(companies(2));
        assertThat(triggers()).containsExactly("2 every PT1H");
        jobs.align(List.of());
        assertThat(triggers()).isEmpty();
        jobs.align(companies(1, 2));
        assertThat(triggers()).hasSize(2);
    }

    @Test
    void anotherCadenceTakesThePlaceOfTheOldOne() throws Exception {
        jobs.align(companies(1));
        cadences.put(1L, new Cadence.At("0 0 2 * * ?", Optional.empty()));
        jobs.align(companies(1));
        assertThat(triggers()).containsExactly("1 0 0 2 * * ?");
    }

    @Test
    void aCompanyIsNeverSyncedTwiceAtATimeAndWhatItMissedIsMadeUpForOnce() throws Exception {
        cadences.put(1L, SECONDLY);
        hold.drainPermits();
        jobs.align(companies(1));
        await().atMost(WITHIN).until(() -> atOnce.get() == 1);
        await().during(Duration.ofSeconds(4)).atMost(WITHIN).until(() -> atOnce.get() == 1);
        hold.release(Integer.MAX_VALUE);
        await().atMost(WITHIN).until(() -> synced.getOrDefault(1L, 0) >= 2);
        assertThat(synced.get(1L)).as("four moments passed").isLessThan(4);
        assertThat(overlaps).hasValue(0);
    }

    @Test
    void fiveHundredCompaniesShareTheThreads() throws Exception {
        // With an hour some company's next moment would be within the test.
        LongStream.rangeClosed(1, 500).forEach(id -> cadences.put(id, new Cadence.Every(Duration.ofDays(1_000))));
        jobs.align(companies(LongStream.rangeClosed(1, 500).toArray()));
        await().atMost(Duration.ofSeconds(60)).until(() -> synced.size() == 500);
        assertThat(mostAtOnce.get()).isLessThanOrEqualTo(4);
        assertThat(synced.values()).containsOnly(1);
    }

    private List<String> triggers() throws Exception {
        return scheduler.getTriggerKeys(GroupMatcher.triggerGroupEquals(Timetable.GROUP)).stream()
                .map(TriggerKey::getName).toList();
    }

    private static List<Company> companies(long... ids) {
        return LongStream.of(ids)
                .mapToObj(id -> new Company(id, "company" + id, CompanyState.ACTIVE, Scopes.of(List.of()),
                        Optional.empty(),
                        Optional.empty()))
                .toList();
    }
}

package fr.pennylanesync.api.budget;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.pennylanesync.api.SimulatedNetwork;
import fr.pennylanesync.api.SimulatedServer;
import fr.pennylanesync.api.SimulatedStream;
import fr.pennylanesync.api.VirtualTime;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.failure.SyncException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RateBudgetTest {

    private static final Duration WALK = Duration.ofMinutes(20);
    private static final int STREAMS = 8;
    private static final int FEW_STREAMS = 2;

    private final VirtualTime time = new VirtualTime();
    private final RateBudget budget = new RateBudget(BudgetSettings.DOCUMENTED, time, time, new Random(5));

    static Stream<SimulatedNetwork> networks() {
        return Stream.of(
                SimulatedNetwork.uniform("no latency", 0, 0, 0, 0),
                SimulatedNetwork.uniform("0 ms + 0..100", 0, 50, 0, 50),
                SimulatedNetwork.uniform("300 ms", 150, 0, 150, 0),
                SimulatedNetwork.uniform("300 ms + 0..60", 150, 30, 150, 30),
                SimulatedNetwork.uniform("300 ms + 0..200", 150, 100, 150, 100),
                SimulatedNetwork.uniform("300 ms + 0..300 on the way there", 150, 300, 150, 0),
                SimulatedNetwork.uniform("300 ms + 0..300 on the way back", 150, 0, 150, 300),
                SimulatedNetwork.tailed("200 ms + long tails", 100, 40, 100, 60),
                SimulatedNetwork.spiked("40 ms, every 50th a second late", 20, 1000));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void usesTheBudgetAndIsNeverRefused(SimulatedNetwork network) {
        StringBuilder uses = new StringBuilder();
        for (int seed = 0; seed < 6; seed++) {
            Random random = new Random(seed);
            SimulatedServer server = seed % 3 == 0
                    ? SimulatedServer.sliding()
                    : SimulatedServer.fixed(random.nextLong(Duration.ofSeconds(5).toNanos()));
            VirtualTime seeded = new VirtualTime();
            RateBudget shared = new RateBudget(BudgetSettings.DOCUMENTED, seeded, seeded, random);
            for (int stream = 0; stream < STREAMS; stream++) {
                new SimulatedStream(shared, Priority.WALK, seeded, server, network, random).start();
            }
            seeded.runFor(WALK);
            assertThat(server.refused()).isZero();
            assertThat(server.use(WALK)).isGreaterThan(0.95);
            uses.append(String.format(" %.1f %%", server.use(WALK) * 100));
        }
        System.out.println("budget used, no 429, " + network + ":" + uses);
    }

    /** Every seventh second nobody asks for one: a batch lands, a round of streams ends. */
    @Test
    void catchesUpWhatAMomentWithoutRequestsLeftOver() {
        SimulatedServer server = SimulatedServer.sliding();
        SimulatedNetwork network = SimulatedNetwork.uniform("20 ms", 10, 0, 10, 0);
        Random random = new Random(7);
        DelayedExecutor resting = (wait, task) -> time.after(
                Duration.ofNanos(Math.max(wait.toNanos(), restUntil(time.nanos()) - time.nanos())), task);
        for (int stream = 0; stream < FEW_STREAMS; stream++) {
            new SimulatedStream(budget, Priority.WALK, time, resting, server, network, random).start();
        }
        time.runFor(WALK);
        assertThat(server.refused()).isZero();
        assertThat(server.use(WALK)).isGreaterThan(0.96);
    }

    private static long restUntil(long nanos) {
        long second = Duration.ofSeconds(1).toNanos();
        return nanos / second % 7 == 6 ? (nanos / second + 1) * second : nanos;
    }

    static Stream<SimulatedServer> servers() {
        return Stream.of(SimulatedServer.sliding(), SimulatedServer.fixed(Duration.ofMillis(1234).toNanos()));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void slowsDownForSomebodyElseAndReturns(SimulatedServer server) {
        SimulatedNetwork network = SimulatedNetwork.uniform("300 ms", 150, 20, 150, 20);
        Random random = new Random(3);
        for (int stream = 0; stream < STREAMS; stream++) {
            new SimulatedStream(budget, Priority.WALK, time, server, network, random).start();
        }
        time.runFor(Duration.ofMinutes(2));
        assertThat(server.refused()).isZero();

        neighbour(server, Duration.ofMillis(500), Duration.ofMinutes(12));
        int before = server.refused();
        time.runFor(Duration.ofMinutes(10));
        assertThat(server.refused() - before).isLessThan(30);

        time.runFor(Duration.ofMinutes(30));
        int settled = server.accepted();
        time.runFor(Duration.ofMinutes(10));
        assertThat(server.accepted() - settled).isGreaterThan(2800);
    }

    @Test
    void startsGentlyOnAWindowThatIsAlreadyFull() {
        SimulatedServer server = SimulatedServer.sliding();
        for (int request = 0; request < 22; request++) {
            server.arrive(time.nanos());
        }
        SimulatedNetwork network = SimulatedNetwork.uniform("300 ms", 150, 0, 150, 0);
        new SimulatedStream(budget, Priority.WALK, time, server, network, new Random(1)).start();
        time.runFor(Duration.ofMinutes(1));
        assertThat(server.refused()).isZero();
    }

    @Test
    void stopsEverythingForAsLongAsTheServerAsks() {
        Permit refused = now(Priority.WALK);
        refused.answered(429, headers(25, 0, Duration.ofSeconds(7)));
        refused.close();
        CompletableFuture<Permit> other = budget.request(Priority.CHANGES);
        time.runFor(Duration.ofMillis(6_999));
        assertThat(other).isNotDone();
        time.runFor(Duration.ofMillis(300));
        assertThat(other).isDone();
    }

    @Test
    void takesASmallerLimitFromTheServer() {
        now(Priority.WALK).answered(200, headers(10, 9, Duration.ZERO));
        time.runFor(Duration.ofSeconds(30));
        List<CompletableFuture<Permit>> permits = requests(Priority.WALK, 40);
        time.runFor(Duration.ofSeconds(60));
        assertThat(permits.stream().filter(CompletableFuture::isDone)).hasSize(10);
    }

    @Test
    void servesByPriorityAndStarvesNobody() {
        Map<Priority, Integer> served = new EnumMap<>(Priority.class);
        for (Priority priority : Priority.values()) {
            served.put(priority, 0);
            requests(priority, 400).forEach(future -> future.thenAccept(permit -> {
                served.merge(priority, 1, Integer::sum);
                permit.answered(200, RateHeaders.NONE);
            }));
        }
        time.runFor(Duration.ofSeconds(60));
        assertThat(served.get(Priority.CHANGES)).isGreaterThan(250);
        assertThat(served.get(Priority.FILES) + served.get(Priority.WALK)).isLessThan(10);
        time.runFor(Duration.ofMinutes(7));
        assertThat(served.values()).allMatch(count -> count == 400);
    }

    @Test
    void givesEveryTenthPermitToWhoeverWaitsLongest() {
        List<Priority> order = new ArrayList<>();
        note(order, requests(Priority.ENRICHMENT, 2), Priority.ENRICHMENT);
        note(order, requests(Priority.CHANGES, 40), Priority.CHANGES);
        time.runFor(Duration.ofSeconds(4));
        // The first was alone when it asked; the second waits for the tenth permit.
        assertThat(order.subList(0, 10)).startsWith(Priority.ENRICHMENT).endsWith(Priority.ENRICHMENT);
        assertThat(order.subList(1, 9)).containsOnly(Priority.CHANGES);
    }

    @Test
    void servesOneClassInOrder() {
        List<Integer> order = new ArrayList<>();
        for (int number = 0; number < 50; number++) {
            int own = number;
            budget.request(Priority.FILES).thenAccept(permit -> {
                order.add(own);
                permit.close();
            });
        }
        time.runFor(Duration.ofMinutes(1));
        assertThat(order).hasSize(50).isSorted();
    }

    @Test
    void countsAnUnansweredRequestUntilItIsClosed() {
        List<CompletableFuture<Permit>> permits = requests(Priority.WALK, 26);
        time.runFor(Duration.ofMinutes(5));
        assertThat(permits.get(25)).isNotDone();
        assertThat(budget.used()).isEqualTo(25);
        assertThat(budget.utilisation()).isEqualTo(1.0);
        assertThat(budget.waiting()).isEqualTo(1);
        permits.get(0).join().close();
        time.runFor(Duration.ofMillis(5_100));
        assertThat(permits.get(25)).isDone();
    }

    @Test
    void givesUpAfterTheLongestWaitWithoutCostingARequest() {
        DelayedExecutor never = (wait, task) -> {};
        RateBudget stuck = new RateBudget(BudgetSettings.DOCUMENTED, time, never, new Random(1));
        try (Permit first = stuck.acquire(Priority.WALK, Duration.ofSeconds(1))) {
            SyncException failure = catchThrowableOfType(
                    SyncException.class, () -> stuck.acquire(Priority.WALK, Duration.ofMillis(20)));
            assertThat(failure.code()).isEqualTo(ApiErrorCode.BUDGET_WAIT_EXCEEDED);
            assertThat(first).isNotNull();
        }
        assertThat(stuck.used()).isEqualTo(1);
    }

    @Test
    void stopsWaitingWhenTheThreadIsInterrupted() {
        requests(Priority.WALK, 1);
        Thread.currentThread().interrupt();
        SyncException failure =
                catchThrowableOfType(SyncException.class, () -> budget.acquire(Priority.WALK, Duration.ofMinutes(1)));
        assertThat(failure.code()).isEqualTo(ApiErrorCode.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void boundsTheQueue() {
        BudgetSettings small = new BudgetSettings(25, Duration.ofSeconds(5), 3);
        RateBudget narrow = new RateBudget(small, time, time, new Random(1));
        for (int waiting = 0; waiting < 4; waiting++) {
            narrow.request(Priority.WALK);
        }
        SyncException failure = catchThrowableOfType(SyncException.class, () -> narrow.request(Priority.CHANGES));
        assertThat(failure.code()).isEqualTo(ApiErrorCode.BUDGET_WAIT_EXCEEDED);
    }

    @Test
    void wakesByItselfInRealTime() {
        BudgetSettings quick = new BudgetSettings(50, Duration.ofMillis(500), 100);
        RateBudget real =
                new RateBudget(quick, NanoClock.SYSTEM, DelayedExecutor.onDaemonThread("budget-test"), new Random(1));
        assertThatCode(() -> {
            for (int request = 0; request < 60; request++) {
                try (Permit permit = real.acquire(Priority.WALK, Duration.ofSeconds(5))) {
                    permit.answered(200, RateHeaders.NONE);
                }
            }
        }).doesNotThrowAnyException();
        assertThat(real.used()).isLessThanOrEqualTo(50);
    }

    private void neighbour(SimulatedServer server, Duration every, Duration forHowLong) {
        long end = time.nanos() + forHowLong.toNanos();
        time.after(every, () -> {
            server.arrive(time.nanos());
            if (time.nanos() < end) {
                neighbour(server, every, Duration.ofNanos(end - time.nanos()));
            }
        });
    }

    private Permit now(Priority priority) {
        CompletableFuture<Permit> permit = budget.request(priority);
        time.runFor(Duration.ofSeconds(1));
        return permit.orTimeout(1, MILLISECONDS).join();
    }

    private List<CompletableFuture<Permit>> requests(Priority priority, int count) {
        return Stream.generate(() -> budget.request(priority)).limit(count).toList();
    }

    private static void note(List<Priority> order, List<CompletableFuture<Permit>> permits, Priority priority) {
        permits.forEach(future -> future.thenAccept(permit -> {
            order.add(priority);
            permit.answered(200, RateHeaders.NONE);
        }));
    }

    private static RateHeaders headers(int limit, int remaining, Duration retryAfter) {
        Optional<Duration> wait = Optional.of(retryAfter).filter(duration -> !duration.isZero());
        return new RateHeaders(OptionalInt.of(limit), OptionalInt.of(remaining), Optional.empty(), wait);
    }
}

package fr.pennylanesync.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.logging.CapturedEvents;
import fr.pennylanesync.outage.Outages;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two processes, as far as PostgreSQL can tell: each has a connection of its own. */
class CompanyLeasesTest {

    private static final long COMPANY = 51_020;
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final Duration WHOLE_REST = Duration.ofSeconds(6);

    private final Warehouse warehouse = TestWarehouse.create();
    private final List<Duration> rests = Collections.synchronizedList(new ArrayList<>());
    private final CompanyLeases one = leases("one");
    private final CompanyLeases other = leases("other");

    private CompanyLeases leases(String node) {
        return new CompanyLeases(warehouse::ownConnection, node, WINDOW, (companyId, rest) -> rests.add(rest),
                new Outages());
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
        warehouse.close();
    }

    @Test
    void twoServicesThatAreNoClusterAreTold() {
        try (CapturedEvents events = CapturedEvents.of(CompanyLeases.class);
                CompanyLeases one = leases("one"); CompanyLeases other = leases("other")) {
            one.serve(true);
            other.serve(true);
            one.tryAcquire(1).orElseThrow();
            other.tryAcquire(2).orElseThrow();
            assertThat(conflict()).as("a cluster").isFalse();
            try (CompanyLeases third = leases("third")) {
                third.serve(false);
                third.tryAcquire(3).orElseThrow();
                assertThat(conflict()).isTrue();
                await().until(() -> events.lines().stream().filter(line -> line.startsWith("service_not_alone"))
                        .count() == 3);
            }
            await().until(() -> !conflict());
        }
    }

    private boolean conflict() {
        return Services.areInConflict(warehouse.jdbc());
    }

    @Test
    void oneProcessHasACompanyAndItsPartsShareIt() {
        Lease sync = one.tryAcquire(COMPANY).orElseThrow();
        Lease archive = one.tryAcquire(COMPANY).orElseThrow();
        one.require(COMPANY);
        assertThat(other.tryAcquire(COMPANY)).isEmpty();
        assertThat(other.tryAcquire(COMPANY + 1)).isPresent();
        assertThatThrownBy(() -> other.require(COMPANY)).isInstanceOf(SyncException.class)
                .hasMessageContaining("COMPANY_LEASE_LOST");
        sync.close();
        sync.close();
        assertThat(other.tryAcquire(COMPANY)).as("the archive still has it").isEmpty();
        archive.close();
        assertThat(other.tryAcquire(COMPANY)).isPresent();
        assertThatThrownBy(() -> one.require(COMPANY)).isInstanceOf(SyncException.class);
    }

    @Test
    void whoTakesOverLetsTheBudgetRestForWhatTheOtherMayHaveUsed() {
        one.tryAcquire(COMPANY).orElseThrow().close();
        one.tryAcquire(COMPANY).orElseThrow().close();
        assertThat(rests).as("its own requests its own budget knows").isEmpty();
        other.tryAcquire(COMPANY).orElseThrow();
        assertThat(rests).hasSize(1).allSatisfy(rest -> assertThat(rest).isBetween(Duration.ofSeconds(4), WHOLE_REST));
    }

    @Test
    void aLeaseGivenBackLongAgoNeedsNoRest() {
        one.tryAcquire(COMPANY).orElseThrow().close();
        warehouse.jdbc().sql("update pennylane_sync.company_lease set released_at = now() - interval '7 seconds'")
                .update();
        other.tryAcquire(COMPANY).orElseThrow();
        assertThat(rests).isEmpty();
    }

    @Test
    void theLeaseOfAProcessThatDiedIsFreeAtOnceWithTheWholeRest() {
        one.tryAcquire(COMPANY).orElseThrow();
        breakConnectionOf("one");
        await().atMost(1, TimeUnit.SECONDS).pollInterval(Duration.ofMillis(20))
                .until(() -> other.tryAcquire(COMPANY).isPresent());
        assertThat(rests).containsExactly(WHOLE_REST);
        await().atMost(5, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThatThrownBy(() -> one.require(COMPANY)).isInstanceOf(SyncException.class));
    }

    @Test
    void aBrokenConnectionIsMadeAnewAndItsLeasesTakenAgain() {
        one.tryAcquire(COMPANY).orElseThrow();
        breakConnectionOf("one");
        await().atMost(5, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThatThrownBy(() -> one.require(COMPANY)).isInstanceOf(SyncException.class));
        await().atMost(5, TimeUnit.SECONDS).ignoreExceptions().untilAsserted(() -> one.require(COMPANY));
        assertThat(other.tryAcquire(COMPANY)).isEmpty();
        assertThat(rests).isEmpty();
    }

    /** As when its process ends. */
    private void breakConnectionOf(String node) {
        warehouse.jdbc()
                .sql("""
                select pg_terminate_backend(pid) from pg_locks join pennylane_sync.company_lease on node = ?
                where locktype = 'advisory' and database = (select oid from pg_database
                where datname = current_database())
                and (classid::bigint << 32 | objid::bigint) = hashtextextended('pennylane_sync.company ' || company_id,
                    0)""")
                .param(node).query(Boolean.class).list();
    }
}

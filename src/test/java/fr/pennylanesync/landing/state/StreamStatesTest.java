package fr.pennylanesync.landing.state;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.TestWarehouse;
import fr.pennylanesync.warehouse.Warehouse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamStatesTest {

    private static final long COMPANY = 7;
    private static final StreamCatalog CATALOG = StreamCatalog.load(Path.of("routes"), Map.of());
    private static final StreamDefinition PARENT = CATALOG.find("customers").orElseThrow();
    private static final StreamDefinition CHILD = CATALOG.find("customers_contacts").orElseThrow();

    private Warehouse warehouse;
    private StreamStates states;

    @BeforeEach
    void bothAreLive() {
        warehouse = TestWarehouse.ready();
        states = new StreamStates(warehouse.jdbc());
        run("insert into pennylane_sync.stream_state (company_id, stream, state) values"
                + " (7, 'customers', 'LIVE'), (7, 'customers_contacts', 'LIVE')");
    }

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void whatIsLiveAndQuietIsPassedOver() {
        assertThat(passedOver()).containsExactlyInAnyOrder("customers", "customers_contacts");
        assertThat(noted("succeeded_at")).containsExactly("customers", "customers_contacts");
        assertThat(noted("walked_at")).as("a list of its own is walked by a walk alone")
                .containsExactly("customers_contacts");
    }

    @Test
    void whatIsDueIsNotPassedOver() {
        run("insert into pennylane_sync.due (company_id, stream, id, batch_id) values (7, 'customers_contacts', 1, 0)");
        assertThat(passedOver()).containsExactly("customers");
        assertThat(noted("succeeded_at")).containsExactly("customers");
        run("update pennylane_sync.due set next_attempt_at = now() + interval '1 hour'");
        assertThat(passedOver()).as("it waits for its next attempt").contains("customers_contacts");
    }

    @Test
    void whatWasReadTooEarlyIsNotPassedOver() {
        run("insert into pennylane_sync.stale_read (company_id, stream, id, changed_at, ask_again_at)"
                + " values (7, 'customers', 1, now(), now())");
        assertThat(passedOver()).containsExactly("customers_contacts");
    }

    @Test
    void whatStoppedIsNotPassedOver() {
        states.failed(COMPANY, "customers", "TIMEOUT");
        assertThat(passedOver()).containsExactly("customers_contacts");
    }

    @Test
    void whatBelongsToAStreamThatIsNotLiveIsNotPassedOver() {
        run("update pennylane_sync.stream_state set state = 'GAP' where stream = 'customers'");
        assertThat(passedOver()).isEmpty();
    }

    @Test
    void theParentsOfAChildAreMadeDueOnce() {
        assertThat(states.introduceChildren(COMPANY, List.of("customers_contacts", "quotes_invoice_lines")))
                .containsExactlyInAnyOrder("customers_contacts", "quotes_invoice_lines");
        assertThat(states.progress(COMPANY, "quotes_invoice_lines").state()).hasToString("NEW");
        assertThat(states.progress(COMPANY, "customers_contacts").state()).hasToString("LIVE");
        assertThat(states.introduceChildren(COMPANY, List.of("customers_contacts", "quotes_invoice_lines"))).isEmpty();
    }

    @Test
    void whatWasLeftOutIsUpToDateAsOfThen() {
        run("update pennylane_sync.stream_state set succeeded_at = now() - interval '1 day'");
        states.passOver(COMPANY, List.of(PARENT, CHILD), Duration.ofHours(3));
        assertThat(hoursSince("customers")).isBetween(2.9, 3.1);
        states.passOver(COMPANY, List.of(PARENT, CHILD), Duration.ofHours(5));
        assertThat(hoursSince("customers")).as("somebody knew more already").isBetween(2.9, 3.1);
    }

    private double hoursSince(String stream) {
        return warehouse.jdbc().sql("select extract(epoch from now() - succeeded_at)::float8 / 3600"
                + " from pennylane_sync.stream_state where stream = ?").param(stream).query(Double.class).single();
    }

    private Set<String> passedOver() {
        return states.passOver(COMPANY, List.of(PARENT, CHILD), Duration.ZERO);
    }

    private List<String> noted(String column) {
        return warehouse.jdbc().sql("select stream from pennylane_sync.stream_state where " + column
                + " is not null order by stream").query(String.class).list();
    }

    private void run(String sql) {
        warehouse.jdbc().sql(sql).update();
    }
}

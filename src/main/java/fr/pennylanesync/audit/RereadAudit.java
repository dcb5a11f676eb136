package fr.pennylanesync.audit;

import fr.pennylanesync.audit.AuditResult.AuditOutcome;
import fr.pennylanesync.audit.Rereads.Compared;
import fr.pennylanesync.landing.state.DueList;
import fr.pennylanesync.logging.AuditEvent;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads records again that nothing says to have changed, and counts what differs although no event announced it. What
 * was read is landed like anything else: nothing is left to be repaired.
 */
public final class RereadAudit implements Audit {

    private static final EventLog LOG = EventLog.of(RereadAudit.class);
    private static final String REMEDY = "it is landed; if it goes on, ask Pennylane why the changelog misses changes";
    private static final int SAMPLED_RECORDS = 1_000;
    private static final int SAMPLED_WITH_LISTS = 100;

    /**
     * Names what the audit works with.
     *
     * @param days in which every record is to be read again
     */
    public record RereadParts(JdbcClient jdbc, DueList due, AuditLog log, int days, Clock clock) {}

    private final BooksFindings books;
    private final Rereads rereads;
    private final MissedEvents missed;
    private final AuditLog log;
    private final Clock clock;
    private final StreamCatalog catalog;
    private final BooksAudit.Reading reading;

    /** @param reading reads what a person asks for */
    public RereadAudit(RereadParts parts, StreamCatalog catalog, BooksAudit.Reading reading) {
        this.books = new BooksFindings(parts.jdbc());
        this.rereads = new Rereads(parts.jdbc(), parts.due(), catalog, parts.days(), parts.clock());
        this.missed = new MissedEvents(parts.jdbc(), catalog);
        this.log = parts.log();
        this.clock = parts.clock();
        this.catalog = catalog;
        this.reading = reading;
    }

    /** Makes due the records whose hour has come. */
    public void ask(long companyId) {
        rereads.choose(companyId, readable(companyId, catalog.roots()));
    }

    /**
     * Compares what was read again, and tells what no event announced: of that, and of what sweeps and audits have
     * found.
     */
    public void tell(long companyId) {
        log.add(compared(companyId, AuditOutcome.REPAIRED));
        Set<String> awaited = missed.awaited(companyId);
        catalog.all().stream().filter(stream -> awaited.contains(stream.name()))
                .forEach(stream -> missed.overdue(companyId, stream)
                        .forEach((foundBy, ids) -> tell(companyId, stream, ids, foundBy)));
    }

    private List<StreamDefinition> readable(long companyId, Collection<StreamDefinition> streams) {
        Set<String> complete = books.complete(companyId);
        return streams.stream().filter(stream -> stream.enabled() && stream.reading().selectableById()
                && complete.contains(stream.name())).toList();
    }

    private List<AuditResult> compared(long companyId, AuditOutcome differing) {
        List<AuditResult> results = new ArrayList<>();
        rereads.compare(companyId).forEach((stream, compared) -> {
            if (compared.records() > 0) {
                results.add(result(companyId, stream, compared, differing));
            }
        });
        return results;
    }

    private AuditResult result(long companyId, StreamDefinition stream, Compared compared, AuditOutcome differing) {
        List<Long> unannounced = missed.unannounced(companyId, stream, compared.differing(),
                compared.askedAt());
        tell(companyId, stream, unannounced, AuditKind.REREAD.label());
        return new AuditResult(AuditKind.REREAD, companyId, stream.name(), "",
                unannounced.isEmpty() ? AuditOutcome.EQUAL : differing, compared.records(), compared.records(),
                unannounced.size(), 0, 0, unannounced.isEmpty() ? "" : "records " + MissedEvents.named(unannounced));
    }

    private void tell(long companyId, StreamDefinition stream, List<Long> unannounced, String foundBy) {
        if (!unannounced.isEmpty()) {
            missed.note(companyId, stream, unannounced, foundBy);
            LOG.log(new AuditEvent.ChangesMissed(companyId, stream.name(), foundBy, unannounced.size(),
                    MissedEvents.named(unannounced), REMEDY));
        }
    }

    @Override
    public List<AuditResult> run(Collection<Long> companies, Collection<StreamDefinition> streams, boolean repair) {
        List<AuditResult> all = new ArrayList<>();
        for (long company : companies) {
            List<StreamDefinition> chosen = readable(company, streams);
            chosen.forEach(stream -> rereads.sample(company, stream,
                    catalog.childrenOf(stream.name()).isEmpty() ? SAMPLED_RECORDS : SAMPLED_WITH_LISTS,
                    clock.millis()));
            reading.run(company, chosen.stream().map(StreamDefinition::name).collect(Collectors.toSet()));
            List<AuditResult> results = compared(company, repair ? AuditOutcome.REPAIRED : AuditOutcome.DIFFERENT);
            log.add(results);
            all.addAll(results);
        }
        return all;
    }
}

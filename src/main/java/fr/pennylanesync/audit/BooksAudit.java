package fr.pennylanesync.audit;

import fr.pennylanesync.audit.AuditResult.AuditOutcome;
import fr.pennylanesync.audit.BooksFindings.Check;
import fr.pennylanesync.audit.BooksFindings.Finding;
import fr.pennylanesync.landing.state.DueList;
import fr.pennylanesync.logging.AuditEvent;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Holds the landed books against the rules that books keep by themselves, without any request: debit is credit, what is
 * referred to is here, totals are the sums of their lines. What contradicts one becomes due, and is told if it is so
 * all the same once it was read again.
 */
public final class BooksAudit implements Audit {

    private static final EventLog LOG = EventLog.of(BooksAudit.class);
    private static final int NAMED_MAX = 20;
    private static final String REMEDY =
            "audit --kind books --repair reads them again; compare one of them in Pennylane";

    /** Of more in one sync one fault is the reason, and a sync is not spent on reading all of them again. */
    private static final int ASKED_MAX = 100;

    /** Reads what is due of a company's streams. */
    public interface Reading {
        void run(long companyId, Collection<String> streams);
    }

    /** Names the tables that the audit reads and writes. */
    public record BooksTables(JdbcClient jdbc, DueList due, AuditLog log) {}

    /**
     * Holds what the rules found.
     *
     * @param batchId the company's newest batch then
     * @param whole whether every rule was tried for all records
     */
    public record Tried(long batchId, Map<BooksRule, List<Finding>> found, boolean whole) {

        private Check check() {
            return new Check(batchId, found.keySet().stream().map(BooksRule::key).collect(Collectors.toSet()));
        }
    }

    private final BooksFindings findings;
    private final DueList due;
    private final AuditLog log;
    private final List<BooksRule> rules;
    private final Reading reading;

    /** @param reading reads again what differs, when a person asks for it */
    public BooksAudit(BooksTables tables, StreamCatalog catalog, Reading reading) {
        this.findings = new BooksFindings(tables.jdbc());
        this.due = tables.due();
        this.log = tables.log();
        this.rules = BooksRules.of(catalog);
        this.reading = reading;
    }

    /**
     * Makes due what contradicts a rule and was not asked for because of it lately. Books in which nothing was landed
     * since the rules were tried last are left alone; otherwise a rule is tried for what that concerns, and once a day
     * for all records.
     *
     * @return what was found, for {@link #tell}
     */
    public Optional<Tried> ask(long companyId) {
        long newest = findings.newestBatch(companyId);
        Optional<Check> last = findings.lastCheck(companyId);
        if (last.filter(check -> check.batchId() == newest).isPresent()) {
            return Optional.empty();
        }
        Map<BooksRule, List<Finding>> all = find(companyId, rules, last, Map.of());
        all.forEach((rule, found) -> {
            Set<Long> asked = findings.asked(companyId, rule);
            ask(companyId, rule, found.stream().filter(finding -> !asked.contains(finding.id())).limit(ASKED_MAX)
                    .toList());
        });
        return Optional.of(new Tried(newest, all, last.filter(check -> !check.rules().isEmpty()).isEmpty()));
    }

    /**
     * Tells what contradicts a rule although it was read again, and what does so no longer.
     *
     * @param asked what {@link #ask} found last
     */
    public void tell(long companyId, Tried asked) {
        long newest = findings.newestBatch(companyId);
        findings.keepOnly(companyId, rules);
        Map<BooksRule, List<Finding>> all = newest == asked.batchId()
                ? asked.found()
                : find(companyId, rules, Optional.of(asked.check()), asked.found());
        List<AuditResult> changed = new ArrayList<>();
        all.forEach((rule, found) -> {
            if (settle(companyId, rule, found)) {
                changed.add(result(companyId, rule, found));
            }
        });
        log.add(changed);
        findings.checked(companyId, newest, all.keySet(), asked.whole());
    }

    @Override
    public List<AuditResult> run(Collection<Long> companies, Collection<StreamDefinition> streams, boolean repair) {
        Set<String> asked = streams.stream().map(StreamDefinition::name).collect(Collectors.toSet());
        List<BooksRule> selected = rules.stream().filter(rule -> asked.contains(rule.stream())).toList();
        List<AuditResult> all = new ArrayList<>();
        for (long company : companies) {
            List<AuditResult> results = run(company, selected, repair);
            log.add(results);
            all.addAll(results);
        }
        return all;
    }

    private List<AuditResult> run(long companyId, List<BooksRule> selected, boolean repair) {
        Map<BooksRule, List<Finding>> found = find(companyId, selected, Optional.empty(), Map.of());
        if (repair && found.values().stream().anyMatch(findings -> !findings.isEmpty())) {
            found.forEach((rule, of) -> ask(companyId, rule, of));
            reading.run(companyId, found.entrySet().stream().filter(one -> !one.getValue().isEmpty())
                    .flatMap(one -> one.getKey().again().stream()).map(StreamDefinition::name)
                    .collect(Collectors.toSet()));
        }
        Map<BooksRule, List<Finding>> still = repair ? find(companyId, selected, Optional.empty(), Map.of()) : found;
        List<AuditResult> results = new ArrayList<>();
        for (BooksRule rule : selected) {
            List<Finding> before = found.get(rule);
            if (before == null || still.get(rule) == null) {
                results.add(AuditResult.skipped(AuditKind.BOOKS, companyId, rule.stream(), rule.name()
                        + ": not every stream that it looks into is complete"));
                continue;
            }
            findings.found(companyId, rule, ids(still.get(rule)));
            settle(companyId, rule, still.get(rule));
            AuditResult result = result(companyId, rule, before);
            results.add(still.get(rule).isEmpty() && !before.isEmpty() ? result.as(AuditOutcome.REPAIRED) : result);
        }
        return results;
    }

    /**
     * Returns what each rule that can be tried found; a rule whose streams are not complete is missing.
     *
     * @param last when rules were tried that are tried now only for what was landed since
     * @param then what they found then: that is tried again
     */
    private Map<BooksRule, List<Finding>> find(long companyId, List<BooksRule> selected, Optional<Check> last,
            Map<BooksRule, List<Finding>> then) {
        Set<String> complete = findings.complete(companyId);
        Optional<LandedSince> landed = last.filter(check -> !check.rules().isEmpty())
                .map(check -> findings.landedSince(companyId, check));
        Map<BooksRule, List<Finding>> found = new LinkedHashMap<>();
        selected.stream().filter(rule -> complete.containsAll(rule.streams())).forEach(rule -> {
            Optional<Set<Long>> only = landed.filter(since -> last.orElseThrow().rules().contains(rule.key()))
                    .flatMap(since -> since.concerned(rule));
            only.ifPresent(records -> {
                records.addAll(findings.records(companyId, rule));
                records.addAll(ids(then.getOrDefault(rule, List.of())));
            });
            found.put(rule, only.filter(Set::isEmpty).isPresent() ? List.of() : findings.find(companyId, rule, only));
        });
        return found;
    }

    private void ask(long companyId, BooksRule rule, List<Finding> found) {
        if (found.isEmpty()) {
            return;
        }
        findings.ask(companyId, rule, ids(found));
        for (int i = 0; i < rule.again().size(); i++) {
            int place = i;
            StreamDefinition stream = rule.again().get(i);
            if (stream.isChild() || stream.reading().selectableById()) {
                due.add(companyId, stream.name(),
                        found.stream().flatMap(finding -> finding.again().get(place).stream()).distinct().toList(), 0);
            }
        }
    }

    /** Tells what is new, and says whether anything changed since it was told last. */
    private boolean settle(long companyId, BooksRule rule, List<Finding> found) {
        List<Long> ids = ids(found);
        int agreeing = findings.forgetOthers(companyId, rule, ids);
        if (!rule.binding()) {
            return false;
        }
        List<Long> told = findings.tell(companyId, rule, ids);
        if (!told.isEmpty()) {
            LOG.log(new AuditEvent.BooksDiffer(companyId, rule.stream(), rule.name(), told.size(), named(told),
                    REMEDY));
        }
        if (agreeing > 0) {
            LOG.log(new AuditEvent.BooksAgreeAgain(companyId, rule.stream(), rule.name(), agreeing));
        }
        return !told.isEmpty() || agreeing > 0;
    }

    private static AuditResult result(long companyId, BooksRule rule, List<Finding> found) {
        if (!rule.binding()) {
            return new AuditResult(AuditKind.BOOKS, companyId, rule.stream(), rule.name(), AuditOutcome.EQUAL, 0, 0, 0,
                    0, 0, found.isEmpty() ? "" : "may be so by right; records " + named(ids(found)));
        }
        return new AuditResult(AuditKind.BOOKS, companyId, rule.stream(), rule.name(),
                found.isEmpty() ? AuditOutcome.EQUAL : AuditOutcome.DIFFERENT, 0, 0, found.size(), 0, 0,
                found.isEmpty() ? "" : "records " + named(ids(found)));
    }

    private static List<Long> ids(List<Finding> found) {
        return found.stream().map(Finding::id).toList();
    }

    private static String named(List<Long> ids) {
        return ids.stream().limit(NAMED_MAX).map(String::valueOf).collect(Collectors.joining(", "))
                + (ids.size() > NAMED_MAX ? ", …" : "");
    }
}

package fr.pennylanesync.console;

import fr.pennylanesync.console.OverviewView.Choice;
import fr.pennylanesync.console.OverviewView.Figure;
import fr.pennylanesync.console.PageWords.Tag;
import fr.pennylanesync.console.PageWords.Trouble;
import fr.pennylanesync.console.page.Texts;
import fr.pennylanesync.console.web.Viewer;
import fr.pennylanesync.report.CompanyDetail;
import fr.pennylanesync.report.CompanySummary;
import fr.pennylanesync.report.Overview.StreamOverview;
import fr.pennylanesync.report.QuarantineEntry;
import fr.pennylanesync.report.QuarantineKind;
import fr.pennylanesync.report.QuarantineList;
import fr.pennylanesync.report.RunEntry;
import fr.pennylanesync.report.RunList;
import fr.pennylanesync.report.WorkLeft;
import fr.pennylanesync.stream.StreamState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Holds everything about one company.
 *
 * @param maySync whether whoever looks may have it synced
 * @param mayAct whether everything else is allowed, too
 */
record CompanyPage(long id, String alias, Tag state, List<Trouble> refusal, String maySync, String mayAct,
        String paused, List<Figure> figures, List<StreamLine> streams, String counted, List<CompanyPlot> plots,
        List<RunLine> runs, List<BatchLine> batches, List<CaseLine> cases, String moreCases, List<AuditLine> audits,
        List<String> scopes, List<Choice> kinds) {

    private static final int RUNS = 20;
    private static final int RUNS_DRAWN = 200;
    private static final int BATCHES = 12;
    private static final int CASES = 50;
    private static final Comparator<StreamOverview> ATTENTION_FIRST =
            Comparator.comparing((StreamOverview stream) -> stream.error().isEmpty())
                    .thenComparing(stream -> stream.quarantined() == 0)
                    .thenComparing(stream -> stream.state() == StreamState.LIVE)
                    .thenComparing(StreamOverview::name);
    private static final List<String> AUDITS = List.of("books", "trial-balance", "fec", "share");

    record StreamLine(String name, Tag state, String lag, String age, String rows, String due, String files,
            String quarantined, List<Trouble> error) {}

    record BatchLine(long id, String stream, String pass, String records, String changed, String deleted,
            String landedAt, String batchHash, String chainHash) {}

    /** @param acceptable whether somebody may close it although nothing was read */
    record CaseLine(long id, String kind, String stream, String record, String subject, String reason,
            String since, Trouble remedy, String sweep, String acceptable) {}

    record AuditLine(String kind, String at, String parts, String differing, String failed, Tag outcome) {}

    static CompanyPage of(PageWords words, Viewer viewer, CompanySummary summary, MetricSample sample, Trends trends,
            ConsoleSources sources) {
        long id = summary.company().id();
        CompanyDetail detail = new CompanyDetail(sources.jdbc(), id);
        List<RunEntry> runs =
                new RunList(sources.jdbc()).newest(Optional.empty(), Optional.of(Set.of(id)), Optional.empty(),
                        RUNS_DRAWN);
        List<QuarantineEntry> cases = new QuarantineList(sources.jdbc(), sources.catalog().get()).open(id, CASES + 1);
        boolean operations = sources.service().operations().isPresent();
        boolean maySync = operations && (viewer.operator() || !viewer.isLoggedIn());
        Texts texts = words.texts();
        return new CompanyPage(id, summary.company().alias(), OverviewView.state(words, summary),
                refusal(words, summary, sources), maySync && summary.company().isActive() ? "yes" : "",
                operations && viewer.operator() ? "yes" : "",
                summary.company().state().equals("PAUSED") ? "yes" : "", figures(words, summary, sample, sources),
                summary.company().streams().stream().sorted(ATTENTION_FIRST)
                        .map(stream -> line(words, stream, id, sample, sources)).toList(),
                sample.rows().countedAt().map(at -> texts.say("counted_at", Texts.time(at)))
                        .orElse(texts.get("not_counted")),
                CompanyPlot.all(words, trends.of(id, words.now()), detail.hours(CompanyPlot.HOURS), runs),
                runs.stream().limit(RUNS).map(run -> RunLine.of(words, run)).toList(),
                detail.batches(BATCHES).stream().map(batch -> line(words, batch)).toList(),
                cases.stream().limit(CASES).map(each -> line(words, each)).toList(),
                cases.size() > CASES ? "yes" : "",
                detail.audits().stream().map(audit -> line(words, audit)).toList(),
                summary.company().scopes().stream().sorted().toList(),
                AUDITS.stream().map(kind -> new Choice(kind, texts.word("audit", kind), "")).toList());
    }

    private static List<Trouble> refusal(PageWords words, CompanySummary summary, ConsoleSources sources) {
        return summary.company().refusal().map(code -> words.trouble(code, "", summary.company().refusedAt(),
                sources.service().remedies().apply(code).orElse(""))).stream().toList();
    }

    /** Says what is missing only where something is. */
    private static List<Figure> figures(PageWords words, CompanySummary summary, MetricSample sample,
            ConsoleSources sources) {
        Texts texts = words.texts();
        Optional<WorkLeft> left = sample.left(summary.company().id()).filter(WorkLeft::isAny);
        return Stream.of(
                Stream.of(new Figure(texts.get("core"), OverviewView.part(texts, summary.core())),
                        new Figure(texts.get("sub_lists"), OverviewView.part(texts, summary.subLists())),
                        new Figure(texts.get("files"), OverviewView.part(texts, summary.files())),
                        new Figure(texts.get("lag"), words.ago(summary.completeUpTo())),
                        new Figure(texts.get("complete_as_of"), summary.completeUpTo().map(Texts::minute)
                                .orElse(texts.get("not_yet"))),
                        new Figure(texts.get("due"), texts.number(summary.due()))),
                left.flatMap(WorkLeft::subListsUpTo).stream()
                        .map(day -> new Figure(texts.get("sub_lists_after"), day.toString())),
                left.flatMap(WorkLeft::filesUpTo).stream()
                        .map(day -> new Figure(texts.get("files_after"), day.toString())),
                left.stream().map(work -> new Figure(texts.get("time_to_go"),
                        work.timeToGo().map(texts::span).orElse(texts.get("not_yet")))),
                Stream.of(new Figure(texts.get("files_pending"), texts.number(summary.figures().pending())),
                        new Figure(texts.get("files_failed"), texts.number(summary.figures().failed())),
                        new Figure(texts.get("quarantine"), texts.number(summary.quarantined())),
                        new Figure(texts.get("token_expiry"),
                                sources.service().expiry().apply(summary.company().alias())
                                        .orElse(texts.get("not_noted")))))
                .flatMap(Function.identity()).toList();
    }

    private static StreamLine line(PageWords words, StreamOverview stream, long company, MetricSample sample,
            ConsoleSources sources) {
        Texts texts = words.texts();
        String tone = stream.error().isPresent() ? "bad" : switch (stream.state()) {
            case LIVE -> "good";
            case GAP -> "warn";
            case NEW, HISTORY, CATCH_UP, APART -> "calm";
        };
        return new StreamLine(stream.name(), words.state(stream.state().name(), tone),
                words.ago(stream.completeUpTo()), words.ago(stream.succeededAt()),
                sample.rows().of(company, stream.name()).map(texts::number).orElse(texts.get("not_counted")),
                texts.some(stream.due()), texts.some(stream.pendingFiles()), texts.some(stream.quarantined()),
                stream.error().map(code -> words.trouble(code, "", stream.errorSince(),
                        sources.service().remedies().apply(code).orElse(""))).stream().toList());
    }

    private static BatchLine line(PageWords words, CompanyDetail.BatchEntry batch) {
        Texts texts = words.texts();
        return new BatchLine(batch.id(), batch.stream(), texts.word("pass", batch.pass()),
                texts.number(batch.records()),
                texts.some(batch.changed()), texts.some(batch.deleted()), Texts.time(batch.landedAt()),
                batch.batchHash(), batch.chainHash());
    }

    private static CaseLine line(PageWords words, QuarantineEntry entry) {
        String record = Stream.of(entry.parentId(), entry.recordId()).filter(id -> id != 0).map(String::valueOf)
                .reduce((parent, id) -> parent + " / " + id).orElse("");
        return new CaseLine(entry.id(), words.texts().word("case", entry.kind().name()), entry.stream(), record,
                entry.subject(), entry.reason(), words.ago(Optional.of(entry.firstSeenAt())),
                words.trouble("CASE_" + entry.kind().name(), "", Optional.<Instant>empty(), entry.remedy()),
                entry.kind() == QuarantineKind.SWEEP ? "yes" : "", entry.isAcceptable() ? "yes" : "");
    }

    private static AuditLine line(PageWords words, CompanyDetail.AuditSummary audit) {
        Texts texts = words.texts();
        String outcome = audit.failed() > 0 ? "FAILED" : audit.differing() > 0 ? "DIFFERENT" : "COMPLETE";
        return new AuditLine(texts.word("audit", audit.kind().toLowerCase(Locale.ROOT)),
                Texts.time(audit.auditedAt()), texts.number(audit.parts()), texts.some(audit.differing()),
                texts.some(audit.failed()), words.outcome(Optional.of(outcome)));
    }
}

package fr.pennylanesync.console;

import fr.pennylanesync.console.PageWords.Tag;
import fr.pennylanesync.console.PageWords.Trouble;
import fr.pennylanesync.console.page.Texts;
import fr.pennylanesync.console.web.Viewer;
import fr.pennylanesync.console.web.WebRequest;
import fr.pennylanesync.report.CompanySummary;
import fr.pennylanesync.stream.StreamCatalog;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Holds the page that everybody begins with: what is wrong, then the companies.
 *
 * @param truth the one thing to know first
 * @param found how many companies the search found
 */
record OverviewView(String headline, String tone, List<Tag> checks, List<Trouble> truth, List<Trouble> warnings,
        String moreWarnings, String refusedRoutes, List<Figure> figures, CompanyQuery query, List<Choice> filters,
        List<Choice> sorts, List<CompanyLine> companies, String found, String none, String noMatch, List<Step> steps,
        String counted) {

    /** One figure about all companies. */
    record Figure(String name, String value) {}

    record Choice(String value, String name, String selected) {}

    /** A link to another page of the list. */
    record Step(String href, String name) {}

    /** One company of the list. */
    record CompanyLine(long id, String alias, Tag state, String refusal, String core, String subLists, String files,
            String lag, String lagTone, String quarantined, String proof, String proofTone, String rows,
            String stopped) {}

    static OverviewView of(PageWords words, WebRequest request, MetricSample sample, Health whole,
            StreamCatalog catalog, Duration staleAfter) {
        CompanyQuery query = CompanyQuery.of(request);
        Viewer viewer = request.viewer();
        Health health = whole.seenBy(viewer).shown();
        List<CompanySummary> all = summaries(sample, viewer, catalog);
        List<CompanySummary> found = query.found(all);
        List<Trouble> warnings = health.warnings().stream().map(words::trouble).toList();
        Texts texts = words.texts();
        return new OverviewView(headline(health, texts), tone(health),
                health.checks().stream().map(check -> tag(check, texts)).toList(),
                warnings.stream().limit(1).toList(), warnings,
                texts.some((long) health.warningCount() - health.warnings().size()),
                sample.reload().filter(state -> state.refusedAt().isPresent()).map(state -> texts.get("routes_refused"))
                        .orElse(""),
                figures(words, all, sample), query, query.filters(texts), query.sorts(texts),
                query.page(found).stream().map(each -> line(words, each, sample, staleAfter)).toList(),
                texts.say("overview_found", found.size(), all.size()), all.isEmpty() ? "none" : "",
                !all.isEmpty() && found.isEmpty() ? "none" : "", query.steps(found.size(), texts),
                sample.rows().countedAt().map(at -> texts.say("counted_at", Texts.time(at)))
                        .orElse(texts.get("not_counted")));
    }

    /** Shows what the start waits for, while there is nothing else to show. */
    static OverviewView starting(PageWords words, WebRequest request, Health health) {
        CompanyQuery query = CompanyQuery.of(request);
        Texts texts = words.texts();
        List<Trouble> warnings = health.warnings().stream().map(words::trouble).toList();
        return new OverviewView(headline(health, texts), tone(health),
                health.checks().stream().map(check -> tag(check, texts)).toList(), warnings.stream().limit(1).toList(),
                warnings, "", "", List.of(), query, query.filters(texts), query.sorts(texts), List.of(), "", "", "",
                List.of(), texts.get("not_counted"));
    }

    static List<CompanySummary> summaries(MetricSample sample, Viewer viewer, StreamCatalog catalog) {
        return sample.overview().companies().stream().filter(company -> viewer.sees(company.alias()))
                .map(company -> CompanySummary.of(company, catalog, sample.counted().figures(company.id())))
                .toList();
    }

    private static Tag tag(Health.HealthCheck check, Texts texts) {
        return new Tag(texts.word("check", check.name()) + " " + (check.code().isEmpty() ? "✓" : check.code()),
                check.code().isEmpty() ? "good" : "bad");
    }

    private static String headline(Health health, Texts texts) {
        return health.isUp() ? texts.say("headline", health.warningCount()) : texts.get("not_ready");
    }

    private static String tone(Health health) {
        return !health.isUp() ? "bad" : health.warningCount() > 0 ? "warn" : "good";
    }

    private static List<Figure> figures(PageWords words, List<CompanySummary> all, MetricSample sample) {
        Texts texts = words.texts();
        Optional<Instant> oldest = all.stream().filter(each -> each.company().isActive())
                .flatMap(each -> each.completeUpTo().stream()).min(Comparator.naturalOrder());
        long files = all.stream().mapToLong(each -> each.figures().pending()).sum();
        return List.of(new Figure(texts.get("companies"), texts.number(all.size())),
                new Figure(texts.get("oldest_lag"), words.ago(oldest)),
                new Figure(texts.get("quarantine"),
                        texts.number(all.stream().mapToLong(CompanySummary::quarantined).sum())),
                new Figure(texts.get("files_pending"), texts.number(files)),
                new Figure(texts.get("anchored"), sample.anchor().anchoredAt()
                        .map(at -> texts.say("ago", words.ago(Optional.of(at)))).orElse(PageWords.UNKNOWN)));
    }

    private static CompanyLine line(PageWords words, CompanySummary summary, MetricSample sample, Duration staleAfter) {
        Texts texts = words.texts();
        var company = summary.company();
        long rows = company.streams().stream()
                .flatMap(stream -> sample.rows().of(company.id(), stream.name()).stream()).mapToLong(Long::longValue)
                .sum();
        boolean old = summary.completeUpTo().filter(at -> at.plus(staleAfter).isBefore(words.now())).isPresent();
        long differing = summary.figures().differing();
        return new CompanyLine(company.id(), company.alias(), state(words, summary), company.refusal().orElse(""),
                part(texts, summary.core()), part(texts, summary.subLists()), part(texts, summary.files()),
                words.ago(summary.completeUpTo()), old ? "warn" : "", texts.number(summary.quarantined()),
                differing > 0 ? texts.say("differences", differing)
                        : summary.figures().auditedAt().map(at -> texts.say("agreed", words.ago(Optional.of(at))))
                                .orElse(PageWords.UNKNOWN),
                differing > 0 ? "bad" : "",
                sample.rows().countedAt().isPresent() ? texts.number(rows) : texts.get("not_counted"),
                texts.some(summary.stopped()));
    }

    static Tag state(PageWords words, CompanySummary summary) {
        var company = summary.company();
        String tone = company.refusal().isPresent() ? "bad"
                : summary.isWrong() ? "warn" : company.isActive() ? "good" : "calm";
        return words.state(company.state().toLowerCase(Locale.ROOT), tone);
    }

    static String part(Texts texts, CompanySummary.Part part) {
        return part.all() == 0 ? PageWords.UNKNOWN : texts.percent(part.complete(), part.all());
    }
}

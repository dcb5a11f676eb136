package fr.pennylanesync.console;

import fr.pennylanesync.console.OverviewView.Choice;
import fr.pennylanesync.console.OverviewView.Step;
import fr.pennylanesync.console.page.Texts;
import fr.pennylanesync.console.web.WebRequest;
import fr.pennylanesync.report.CompanySummary;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Says which companies somebody wants to see, and in which order.
 *
 * @param q part of an alias, or an id
 * @param page from 1
 */
record CompanyQuery(String q, String filter, String sort, int page) {

    static final int PAGE_SIZE = 50;
    private static final int PAGES_MAX = 100_000;
    private static final int SEARCH_MAX = 100;
    private static final String ALL = "all";
    private static final String ATTENTION = "attention";
    private static final List<String> FILTERS = List.of(ALL, ATTENTION, "active", "paused", "refused");
    private static final Comparator<CompanySummary> BY_ALIAS = Comparator.comparing(each -> each.company().alias());
    private static final Map<String, Comparator<CompanySummary>> SORTS = Map.of(
            ATTENTION, Comparator.comparing((CompanySummary each) -> !each.isWrong())
                    .thenComparing(each -> !each.needsAttention()).thenComparing(BY_ALIAS),
            "alias", BY_ALIAS,
            "lag", Comparator.comparing((CompanySummary each) -> each.completeUpTo().orElse(Instant.EPOCH))
                    .thenComparing(BY_ALIAS),
            "quarantine", Comparator.comparing(CompanySummary::quarantined).reversed().thenComparing(BY_ALIAS),
            "completeness", Comparator.comparing(CompanyQuery::completeness).thenComparing(BY_ALIAS),
            "proof", Comparator.comparing((CompanySummary each) -> -each.figures().differing())
                    .thenComparing(each -> each.figures().auditedAt().orElse(Instant.EPOCH)).thenComparing(BY_ALIAS));
    private static final List<String> SORTS_SHOWN =
            List.of(ATTENTION, "alias", "lag", "completeness", "quarantine", "proof");

    /** Reads what a request asks for; what is not understood is the default. */
    static CompanyQuery of(WebRequest request) {
        String filter = request.parameter("filter").filter(FILTERS::contains).orElse(ALL);
        String sort = request.parameter("sort").filter(SORTS.keySet()::contains).orElse(ATTENTION);
        long page = Math.max(1, Math.min(request.number("page").orElse(1L), PAGES_MAX));
        String q = request.parameter("q").filter(text -> text.length() <= SEARCH_MAX).orElse("");
        return new CompanyQuery(q, filter, sort, (int) page);
    }

    private static double completeness(CompanySummary each) {
        return Stream.of(each.core(), each.subLists(), each.files())
                .mapToDouble(part -> part.all() == 0 ? 1 : (double) part.complete() / part.all()).min().orElse(1);
    }

    List<CompanySummary> found(List<CompanySummary> all) {
        String wanted = q.toLowerCase(Locale.ROOT);
        return all.stream()
                .filter(each -> each.company().alias().contains(wanted)
                        || Long.toString(each.company().id()).equals(wanted))
                .filter(this::isWanted).sorted(SORTS.get(sort)).toList();
    }

    private boolean isWanted(CompanySummary each) {
        return switch (filter) {
            case ALL -> true;
            case ATTENTION -> each.needsAttention();
            default -> each.company().state().equalsIgnoreCase(filter);
        };
    }

    List<CompanySummary> page(List<CompanySummary> found) {
        return found.stream().skip((page - 1L) * PAGE_SIZE).limit(PAGE_SIZE).toList();
    }

    List<Choice> filters(Texts texts) {
        return FILTERS.stream().map(each -> choice(each, texts.get("filter_" + each), filter)).toList();
    }

    List<Choice> sorts(Texts texts) {
        return SORTS_SHOWN.stream().map(each -> choice(each, texts.get("sort_" + each), sort)).toList();
    }

    private static Choice choice(String value, String name, String chosen) {
        return new Choice(value, name, value.equals(chosen) ? "selected" : "");
    }

    /** Returns the links to the pages before and behind. */
    List<Step> steps(int found, Texts texts) {
        List<Step> steps = new ArrayList<>();
        int last = Math.max(1, (found + PAGE_SIZE - 1) / PAGE_SIZE);
        if (page > 1) {
            steps.add(new Step(href(Math.min(page - 1, last)), texts.get("page_before")));
        }
        if (page < last) {
            steps.add(new Step(href(page + 1), texts.get("page_next")));
        }
        return steps;
    }

    private String href(int to) {
        return "/?q=" + URLEncoder.encode(q, StandardCharsets.UTF_8) + "&filter=" + filter + "&sort=" + sort
                + "&page=" + to;
    }

}

package fr.pennylanesync.console;

import fr.pennylanesync.report.Overview;
import fr.pennylanesync.report.Warning;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds the texts that the template prints. */
record PageView(String at, String counted, String headline, String tone, List<Health.HealthCheck> checks,
        RoutesPanel routes, List<WarningLine> warnings, int moreWarnings,
        List<CompanyPanel> companies, int moreCompanies) {

    static final int COMPANIES_MAX = 100;
    static final String NOT_COUNTED = "not counted yet";
    private static final int OPEN_MAX = 3;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    /** @param refused since when; empty if they are not */
    record RoutesPanel(String loaded, String refused, List<String> faults) {

        boolean isRefused() {
            return !refused.isEmpty();
        }
    }

    /** @param open whether its streams are shown at once */
    record CompanyPanel(String id, String alias, String state, String tone, String refusal, String totals, boolean open,
            List<StreamRow> streams) {}

    /** @param since empty where nobody knows */
    record WarningLine(String code, String subject, String since, String remedy) {

        private static WarningLine of(Warning warning) {
            return new WarningLine(warning.code(), warning.subject(), warning.since().map(TIME::format).orElse(""),
                    warning.remedy());
        }
    }

    /** @param rows or that they were not counted yet */
    record StreamRow(String stream, String state, String tone, String age, String lag, String rows, String due,
            String files,
            String quarantined, String error) {}

    static PageView of(MetricSample sample, Health health) {
        List<Overview.CompanyOverview> companies = sample.overview().companies();
        Map<Boolean, List<Overview.CompanyOverview>> wrongFirst =
                companies.stream().collect(Collectors.partitioningBy(PageView::isWrong));
        List<CompanyPanel> shown =
                Stream.concat(wrongFirst.get(true).stream(), wrongFirst.get(false).stream()).limit(COMPANIES_MAX)
                        .map(company -> company(sample, company, companies.size() <= OPEN_MAX)).toList();
        return new PageView(sample.at().equals(Instant.EPOCH) ? "" : TIME.format(sample.at()),
                sample.rows().countedAt().map(TIME::format).orElse(""), headline(health),
                tone(health), health.checks(),
                routes(sample), health.warnings().stream().map(WarningLine::of).toList(),
                health.warningCount() - health.warnings().size(), shown,
                companies.size() - shown.size());
    }

    private static String headline(Health health) {
        if (!health.isUp()) {
            return "Not ready";
        }
        return switch (health.warningCount()) {
            case 0 -> "All is well";
            case 1 -> "One warning";
            default -> health.warningCount() + " warnings";
        };
    }

    private static String tone(Health health) {
        return !health.isUp() ? "bad" : health.warningCount() > 0 ? "warn" : "good";
    }

    private static RoutesPanel routes(MetricSample sample) {
        return sample.reload()
                .map(state -> new RoutesPanel(TIME.format(state.loadedAt()),
                        state.refusedAt().map(TIME::format).orElse(""), state.faults()))
                .orElse(new RoutesPanel("", "", List.of()));
    }

    private static boolean isWrong(Overview.CompanyOverview company) {
        return company.refusal().isPresent()
                || company.streams().stream().anyMatch(stream -> stream.error().isPresent());
    }

    private static CompanyPanel company(MetricSample sample, Overview.CompanyOverview company, boolean open) {
        List<StreamRow> rows = company.streams().stream().map(stream -> row(sample, company, stream)).toList();
        String all = company.streams().stream()
                .flatMap(stream -> sample.rows().of(company.id(), stream.name()).stream()).reduce(Long::sum)
                .map(PageView::number).orElse(NOT_COUNTED);
        long files = company.streams().stream().mapToLong(Overview.StreamOverview::pendingFiles).sum();
        String totals = "%s rows, %s files pending, %d streams".formatted(all, number(files), rows.size());
        String tone = company.refusal().isPresent() ? "bad"
                : isWrong(company) ? "warn" : company.isActive() ? "good" : "calm";
        return new CompanyPanel(Long.toString(company.id()), company.alias(), company.state().toLowerCase(Locale.ROOT),
                tone,
                company.refusal().orElse(""), totals, open || isWrong(company), rows);
    }

    private static StreamRow row(MetricSample sample, Overview.CompanyOverview company,
            Overview.StreamOverview stream) {
        String tone = stream.error().isPresent() ? "bad" : switch (stream.state()) {
            case LIVE -> "good";
            case GAP -> "warn";
            case NEW, HISTORY, CATCH_UP, APART -> "calm";
        };
        return new StreamRow(stream.name(), stream.state().name().toLowerCase(Locale.ROOT).replace('_', '-'), tone,
                since(sample, stream.succeededAt()), since(sample, stream.completeUpTo()),
                sample.rows().of(company.id(), stream.name()).map(PageView::number).orElse(NOT_COUNTED),
                some(stream.due()), some(stream.pendingFiles()),
                some(stream.quarantined()), stream.error().orElse(""));
    }

    private static String since(MetricSample sample, Optional<Instant> instant) {
        return instant.map(at -> age(Duration.between(at, sample.at()))).orElse("–");
    }

    /** Zero is no news. */
    private static String some(long count) {
        return count == 0 ? "" : number(count);
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String age(Duration age) {
        if (age.toDays() > 1) {
            return age.toDays() + " d";
        }
        if (age.toHours() > 1) {
            return age.toHours() + " h";
        }
        return age.toMinutes() > 1 ? age.toMinutes() + " min" : Math.max(0, age.toSeconds()) + " s";
    }
}

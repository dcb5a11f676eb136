package fr.pennylanesync.console;

import fr.pennylanesync.console.page.Plot;
import fr.pennylanesync.console.page.Plot.Bar;
import fr.pennylanesync.console.page.Plot.Point;
import fr.pennylanesync.console.page.Texts;
import fr.pennylanesync.report.CompanyDetail.HourOfSyncs;
import fr.pennylanesync.report.RunEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * One plot of the last two days, with what it shows in words.
 *
 * @param svg empty where there is nothing to draw yet
 */
record CompanyPlot(String title, String words, String svg) {

    static final int HOURS = 48;
    private static final int PERCENT = 100;

    static List<CompanyPlot> all(PageWords words, List<Trends.Trend> trends, List<HourOfSyncs> hours,
            List<RunEntry> runs) {
        Texts texts = words.texts();
        Instant from = words.now().minus(Duration.ofHours(HOURS));
        List<Trends.Trend> lags = trends.stream().filter(trend -> trend.lagSeconds() >= 0).toList();
        double lag = max(lags, Trends.Trend::lagSeconds);
        double budget = max(trends, Trends.Trend::utilisation);
        long records = hours.stream().mapToLong(HourOfSyncs::records).sum();
        long requests = hours.stream().mapToLong(HourOfSyncs::requests).sum();
        return Stream.of(timeline(texts, from, words.now(), runs),
                columns(texts.get("plot_records"), texts.say("plot_records_words", records),
                        points(hours, from, hour -> hour.records())),
                columns(texts.get("plot_requests"), texts.say("plot_requests_words", requests),
                        points(hours, from, hour -> hour.requests())),
                line(texts.get("plot_lag"), texts.say("plot_lag_words", texts.span(Duration.ofSeconds((long) lag))),
                        trendPoints(lags, from, Trends.Trend::lagSeconds)),
                line(texts.get("plot_budget"), texts.say("plot_budget_words", Math.round(budget * PERCENT)),
                        trendPoints(trends, from, Trends.Trend::utilisation)))
                .toList();
    }

    private static CompanyPlot timeline(Texts texts, Instant from, Instant now, List<RunEntry> runs) {
        List<RunEntry> drawn = runs.stream().filter(run -> run.endedAt().orElse(now).isAfter(from)).toList();
        String title = texts.get("plot_runs");
        String words = drawn.isEmpty() ? ""
                : texts.say("plot_runs_words", drawn.size(), drawn.stream()
                        .filter(run -> run.outcome().filter(outcome -> !outcome.equals("COMPLETE")).isPresent())
                        .count());
        return new CompanyPlot(title, words, drawn.isEmpty() ? ""
                : Plot.timeline(title + ": " + words,
                        drawn.stream()
                                .map(run -> new Bar(part(run.startedAt(), from), part(run.endedAt().orElse(now), from),
                                        tone(run)))
                                .toList()));
    }

    private static String tone(RunEntry run) {
        return run.outcome().map(outcome -> switch (outcome) {
            case "COMPLETE" -> "good";
            case "FAILED", "DIFFERENT" -> "bad";
            default -> "warn";
        }).orElse("calm");
    }

    private static CompanyPlot columns(String title, String words, List<Point> points) {
        return new CompanyPlot(title, words, points.isEmpty() ? "" : Plot.columns(title + ": " + words, points, HOURS));
    }

    private static CompanyPlot line(String title, String words, List<Point> points) {
        return new CompanyPlot(title, points.size() < 2 ? "" : words,
                points.size() < 2 ? "" : Plot.line(title + ": " + words, points));
    }

    private static List<Point> points(List<HourOfSyncs> hours, Instant from, ToDoubleFunction<HourOfSyncs> figure) {
        return hours.stream().map(hour -> new Point(part(hour.hour(), from), figure.applyAsDouble(hour))).toList();
    }

    private static List<Point> trendPoints(List<Trends.Trend> trends, Instant from,
            ToDoubleFunction<Trends.Trend> figure) {
        return trends.stream().map(trend -> new Point(part(trend.at(), from), figure.applyAsDouble(trend))).toList();
    }

    private static double max(List<Trends.Trend> trends, ToDoubleFunction<Trends.Trend> figure) {
        return trends.stream().mapToDouble(figure).max().orElse(0);
    }

    private static double part(Instant at, Instant from) {
        double part = Duration.between(from, at).toMillis() / (double) Duration.ofHours(HOURS).toMillis();
        return Math.min(1, Math.max(0, part));
    }
}

package fr.pennylanesync.cli;

import fr.pennylanesync.plan.Progress.StreamOutcome;
import fr.pennylanesync.plan.Progress.StreamSync;
import fr.pennylanesync.report.RequestsLeft;
import fr.pennylanesync.report.WorkLeft;
import fr.pennylanesync.runtime.SyncRuntime;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.terminal.ProgressFigures;
import fr.pennylanesync.terminal.ProgressText;
import fr.pennylanesync.token.Company;
import fr.pennylanesync.warehouse.Warehouse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Measures how far a sync is: requests made, what is known to be due, and how fast each company's budget is used. */
final class SyncMeter {

    private static final long COUNT_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long RATE_AFTER_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final double RATE_MIN = 0.05;

    private final SyncRuntime runtime;
    private final Warehouse warehouse;
    private final List<Company> companies;
    private final Set<String> roots;
    private final int streams;
    private final WorkLeft.Budget budget;
    private final long began = System.nanoTime();
    private final Map<Long, Long> requestsBefore;
    private Counted counted = new Counted(Map.of(), 0);
    private long countedAt;

    /** Holds what waits, by company; and files. */
    private record Counted(Map<Long, RequestsLeft> requests, long files) {}

    /**
     * @param budget says how fast a company may be read
     * @param names of the streams that are synced; none means all
     */
    SyncMeter(SyncRuntime runtime, Warehouse warehouse, WorkLeft.Budget budget, List<Company> companies,
            List<String> names) {
        this.runtime = runtime;
        this.warehouse = warehouse;
        this.companies = List.copyOf(companies);
        List<StreamDefinition> enabled = runtime.catalog().all().stream().filter(StreamDefinition::enabled)
                .filter(stream -> names.isEmpty() || names.contains(stream.name())
                        || stream.parent().filter(names::contains).isPresent())
                .toList();
        this.streams = enabled.size();
        this.roots = enabled.stream().filter(stream -> !stream.isChild()).map(StreamDefinition::name)
                .collect(Collectors.toSet());
        this.budget = budget;
        this.requestsBefore = requests();
    }

    /** Returns the line of progress, for so many columns. */
    String text(int columns) {
        return ProgressText.of(figures(), columns);
    }

    private ProgressFigures figures() {
        List<StreamSync> all = runtime.progress().all();
        Counted due = counted();
        int done = (int) companies.stream().filter(company -> isDone(company.id(), all)).count();
        int ended = (int) all.stream().filter(stream -> stream.outcome() != StreamOutcome.RUNNING).count();
        double used = companies.stream().mapToDouble(company -> runtime.utilisation(company.id())).average()
                .orElse(0);
        boolean listing = done < companies.size() && isListing(all);
        return new ProgressFigures(done, companies.size(), Math.min(ended, streams * companies.size()),
                streams * companies.size(), sum(all, false), sum(all, true), used, listing,
                left(due, RequestsLeft::records), left(due, RequestsLeft::subLists), due.files());
    }

    private boolean isListing(List<StreamSync> all) {
        List<StreamSync> lists = all.stream().filter(stream -> roots.contains(stream.stream())).toList();
        return lists.size() < roots.size() * companies.size()
                || lists.stream().anyMatch(stream -> stream.outcome() == StreamOutcome.RUNNING);
    }

    private boolean isDone(long companyId, List<StreamSync> all) {
        return !runtime.progress().isUnderWay(companyId)
                && all.stream().anyMatch(stream -> stream.companyId() == companyId);
    }

    private static long sum(List<StreamSync> all, boolean requests) {
        return all.stream().mapToLong(requests ? StreamSync::requests : StreamSync::records).sum();
    }

    /** The companies work side by side, each under its own budget: the slowest one is waited for. */
    private Optional<Duration> left(Counted due, ToDoubleFunction<RequestsLeft> kind) {
        Map<Long, Long> now = requests();
        return due.requests().entrySet().stream()
                .filter(waiting -> kind.applyAsDouble(waiting.getValue()) > 0)
                .map(waiting -> Duration.ofSeconds((long) Math
                        .ceil(kind.applyAsDouble(waiting.getValue()) / rate(waiting.getKey(), now))))
                .max(Duration::compareTo);
    }

    private double rate(long companyId, Map<Long, Long> now) {
        long nanos = System.nanoTime() - began;
        if (nanos < RATE_AFTER_NANOS) {
            return budget.perSecond();
        }
        long made = now.getOrDefault(companyId, 0L) - requestsBefore.getOrDefault(companyId, 0L);
        return Math.max(RATE_MIN, made / (nanos / (double) TimeUnit.SECONDS.toNanos(1)));
    }

    private Map<Long, Long> requests() {
        return runtime.progress().all().stream().collect(Collectors.groupingBy(StreamSync::companyId,
                Collectors.summingLong(StreamSync::requests)));
    }

    private Counted counted() {
        if (countedAt == 0 || System.nanoTime() - countedAt > COUNT_EVERY_NANOS) {
            counted = count();
            countedAt = System.nanoTime();
        }
        return counted;
    }

    private Counted count() {
        Set<Long> ids = companies.stream().map(Company::id).collect(Collectors.toSet());
        Map<Long, RequestsLeft> requests =
                RequestsLeft.read(warehouse.jdbc(), runtime.catalog(), budget);
        requests.keySet().retainAll(ids);
        long files = warehouse.jdbc().sql("select count(*) from pennylane_sync.file where state = 'PENDING'"
                + " and not left_out")
                .query(Long.class).single();
        return new Counted(requests, files);
    }
}

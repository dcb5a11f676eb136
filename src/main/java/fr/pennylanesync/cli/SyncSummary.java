package fr.pennylanesync.cli;

import fr.pennylanesync.plan.Progress;
import fr.pennylanesync.plan.Progress.StreamOutcome;
import fr.pennylanesync.plan.Progress.StreamSync;
import fr.pennylanesync.terminal.PlainWords;
import fr.pennylanesync.token.Company;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Prints what a sync did, company by company, for people. */
final class SyncSummary {

    private static final int NAMED_MAX = 3;

    private final Progress progress;
    private final Map<Long, String> aliases;

    /** @param companies that are read */
    SyncSummary(Progress progress, List<Company> companies) {
        this.progress = progress;
        this.aliases = companies.stream().collect(Collectors.toMap(Company::id, Company::alias));
    }

    /** @return whether every stream that may be read came to its end */
    boolean print(PrintWriter out) {
        Map<Long, List<StreamSync>> companies = progress.all().stream()
                .collect(Collectors.groupingBy(StreamSync::companyId, TreeMap::new, Collectors.toList()));
        companies.forEach((companyId, streams) -> {
            out.printf(Locale.ROOT, "company %d (%s)%n", companyId, aliases.getOrDefault(companyId, "unknown"));
            out.printf(Locale.ROOT, "  %s, %,d read, %,d changed, %,d deleted, %s%n",
                    PlainWords.count(streams.size(), "stream"),
                    sum(streams, StreamSync::records), sum(streams, StreamSync::changed),
                    sum(streams, StreamSync::deleted),
                    PlainWords.count(sum(streams, StreamSync::requests), "request"));
            streams.stream().filter(stream -> stream.outcome() == StreamOutcome.NOT_PERMITTED)
                    .forEach(stream -> out.printf(Locale.ROOT, "  %s: not permitted, the token lacks the scope %s%n",
                            stream.stream(), stream.reason().orElse("")));
            Map<String, List<StreamSync>> wrong = streams.stream().filter(SyncSummary::isWrong)
                    .collect(Collectors.groupingBy(
                            stream -> stream.outcome() + ", " + stream.reason().orElse("goes on with the next sync"),
                            TreeMap::new, Collectors.toList()));
            wrong.forEach((why, which) -> out.printf(Locale.ROOT, "  %s: %s%n", named(which), why));
        });
        return progress.all().stream().noneMatch(SyncSummary::isWrong);
    }

    /** Names the streams that are being read. */
    String underWay() {
        List<StreamSync> running = progress.all().stream()
                .filter(stream -> stream.outcome() == StreamOutcome.RUNNING).toList();
        return running.isEmpty() ? "nothing" : "the batches under way of " + named(running);
    }

    /** Names streams in one line, where the same befell all of them. */
    private static String named(List<StreamSync> streams) {
        String first = streams.stream().limit(NAMED_MAX).map(StreamSync::stream).collect(Collectors.joining(", "));
        return streams.size() <= NAMED_MAX ? first
                : first + " and " + PlainWords.count(streams.size() - NAMED_MAX, "other");
    }

    private static boolean isWrong(StreamSync stream) {
        return stream.outcome() != StreamOutcome.COMPLETE && stream.outcome() != StreamOutcome.NOT_PERMITTED;
    }

    private static long sum(List<StreamSync> streams, java.util.function.ToLongFunction<StreamSync> figure) {
        return streams.stream().mapToLong(figure).sum();
    }
}

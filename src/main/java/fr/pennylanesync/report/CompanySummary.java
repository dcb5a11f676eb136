package fr.pennylanesync.report;

import fr.pennylanesync.report.Overview.CompanyOverview;
import fr.pennylanesync.report.Overview.StreamOverview;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.StreamState;
import fr.pennylanesync.token.Scopes;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Sums up one company: how complete its copy is, how old, and what is wrong.
 *
 * @param core streams that are read for themselves
 * @param subLists streams that are read below others
 * @param files of its records
 * @param completeUpTo what changed before that is here, whatever the stream; empty while one is read for the first time
 * @param quarantined entries of streams that are read
 * @param stopped streams that are read and stand still
 */
public record CompanySummary(CompanyOverview company, Part core, Part subLists, Part files,
        Optional<Instant> completeUpTo, long due, long quarantined, long stopped, CompanyFigures figures) {

    /** Counts what is complete of how many. */
    public record Part(long complete, long all) {}

    public static CompanySummary of(CompanyOverview company, StreamCatalog catalog, CompanyFigures figures) {
        Scopes scopes = Scopes.of(company.scopes());
        List<StreamOverview> read = company.streams().stream().filter(stream -> catalog.find(stream.name())
                .filter(StreamDefinition::enabled).filter(known -> known.isReadableWith(scopes::allows)).isPresent())
                .toList();
        List<StreamOverview> told = company.streams().stream()
                .filter(stream -> company.isRead() && catalog.isRead(stream.name(), scopes::allows)).toList();
        List<StreamOverview> children = read.stream().filter(stream -> isChild(stream, catalog)).toList();
        List<StreamOverview> core = read.stream().filter(stream -> !isChild(stream, catalog)).toList();
        return new CompanySummary(company,
                new Part(core.stream().filter(CompanySummary::isRead).count(), core.size()),
                new Part(children.stream().filter(stream -> isRead(stream) && stream.due() == 0).count(),
                        children.size()),
                new Part(figures.archived(), figures.files()), completeUpTo(read),
                sum(company.streams(), StreamOverview::due), sum(told, StreamOverview::quarantined),
                told.stream().filter(stream -> stream.error().isPresent()).count(), figures);
    }

    private static boolean isChild(StreamOverview stream, StreamCatalog catalog) {
        return catalog.find(stream.name()).filter(StreamDefinition::isChild).isPresent();
    }

    private static boolean isRead(StreamOverview stream) {
        return stream.state() == StreamState.LIVE || stream.state() == StreamState.APART;
    }

    private static long sum(List<StreamOverview> streams, ToLongFunction<StreamOverview> figure) {
        return streams.stream().mapToLong(figure).sum();
    }

    private static Optional<Instant> completeUpTo(List<StreamOverview> read) {
        List<StreamOverview> live = read.stream().filter(stream -> stream.state() != StreamState.APART).toList();
        return live.stream().anyMatch(stream -> stream.completeUpTo().isEmpty()) ? Optional.empty()
                : live.stream().flatMap(stream -> stream.completeUpTo().stream()).min(Comparator.naturalOrder());
    }

    /** Tells whether something does not work until somebody acts. */
    public boolean isWrong() {
        return company.refusal().isPresent() || stopped > 0;
    }

    /** Tells whether somebody should look at it. */
    public boolean needsAttention() {
        return isWrong() || quarantined > 0 || figures.differing() > 0
                || company.isRead() && company.books().differing() > 0;
    }
}

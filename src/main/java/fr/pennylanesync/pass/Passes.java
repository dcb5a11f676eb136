package fr.pennylanesync.pass;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.CheckpointStore;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.stream.Pass;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.DueList;
import fr.pennylanesync.warehouse.SeenEvents;
import fr.pennylanesync.warehouse.SweepGuard;
import fr.pennylanesync.warehouse.UnseenRows;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Opens passes where their checkpoints stand. */
public final class Passes {

    private final CheckpointStore checkpoints;
    private final DueList due;
    private final SeenEvents seen;
    private final UnseenRows unseen;
    private final SharePasses share;
    private final Supplier<StreamCatalog> catalog;
    private final Clock clock;

    public Passes(JdbcClient jdbc, SharePasses share, Supplier<StreamCatalog> catalog, Clock clock) {
        this.checkpoints = new CheckpointStore(jdbc);
        this.due = new DueList(jdbc);
        this.seen = new SeenEvents(jdbc);
        this.unseen = new UnseenRows(jdbc);
        this.share = share;
        this.catalog = catalog;
        this.clock = clock;
    }

    /** Those over the data sharing. */
    SharePasses share() {
        return share;
    }

    /** A walk over the list: resumed if one is unfinished, else begun. */
    OpenPass walk(long companyId, StreamDefinition stream) {
        return list(companyId, stream, Pass.WALK, Optional.empty());
    }

    /**
     * A walk that also finds deletions.
     *
     * @param confirmed whether it may delete more than its guard allows
     */
    OpenPass sweep(long companyId, StreamDefinition stream, boolean confirmed) {
        return list(companyId, stream, Pass.SWEEP, Optional.of(new SweepGuard(confirmed)));
    }

    /** All records: where some are here already, what is gone must be found too. */
    OpenPass history(long companyId, StreamDefinition stream, boolean confirmed) {
        boolean walks = isResumable(companyId, stream, Pass.WALK) || unseen.live(stream, companyId) == 0;
        return walks ? walk(companyId, stream) : sweep(companyId, stream, confirmed);
    }

    /** Whether a walk or a sweep is under way and goes on where it stands. */
    boolean isResumable(long companyId, StreamDefinition stream, Pass pass) {
        return checkpoints.isResumable(companyId, stream.name(), pass);
    }

    /** Whether the current history is read to its end, and only its state was not moved any more. */
    boolean isHistoryRead(long companyId, StreamDefinition stream) {
        return checkpoints.isHistoryRead(companyId, stream.name());
    }

    /** Forgets the events that no later reading of the feed can bring again. */
    void forgetSeenEvents(long companyId, String feed) {
        drainedTo(companyId, feed).ifPresent(to -> seen.forgetBefore(companyId, Checkpoint.feed(feed), to.minus(FeedPass.OVERLAP).minus(FeedPass.OVERLAP)));
    }

    /**
     * The sub-lists that are due.
     *
     * @param whole first makes those of every parent due
     */
    OpenPass children(long companyId, StreamDefinition stream, boolean whole) {
        if (whole) {
            due.addAllParents(companyId, stream, catalog.get().find(stream.parent().orElseThrow()).orElseThrow());
        }
        return new ChildrenPass(stream, worked(companyId, stream, Pass.WALK), due);
    }

    /** The records that are due. */
    OpenPass records(long companyId, StreamDefinition stream) {
        return new RecordsPass(stream, worked(companyId, stream, Pass.CHANGES), due);
    }

    /** @param start where a feed that was never drained begins, by the API's clock */
    OpenPass feed(long companyId, StreamDefinition stream, String feed, List<String> idPath, Instant start, InstantSource apiClock) {
        Checkpoint at = checkpoints.open(companyId, Checkpoint.feed(feed), Pass.CHANGES, new Position.Drained(start), position -> position);
        return new FeedPass(stream, feed, idPath, at, apiClock);
    }

    /** How far a feed is drained. */
    Optional<Instant> drainedTo(long companyId, String feed) {
        return checkpoints.find(companyId, Checkpoint.feed(feed), Pass.CHANGES).map(at -> ((Position.Drained) at.position()).processedAt());
    }

    /** Lets a feed begin anew. */
    void forget(long companyId, String feed) {
        checkpoints.delete(companyId, Checkpoint.feed(feed), Pass.CHANGES);
    }

    private Checkpoint worked(long companyId, StreamDefinition stream, Pass pass) {
        return open(companyId, stream, pass, new Position.Worked(0), Position.Worked.class::isInstance);
    }

    private OpenPass list(long companyId, StreamDefinition stream, Pass pass, Optional<SweepGuard> sweep) {
        boolean resumes = isResumable(companyId, stream, pass);
        Inclusion included = new Inclusion(catalog.get().childrenOf(stream.name()).stream()
                .filter(child -> child.include().isPresent()).findFirst());
        return switch (stream.reading()) {
            case KEYSET -> {
                Checkpoint at = open(companyId, stream, pass, Position.Unread.ALL, position -> resumes && position instanceof Position.Unread);
                yield new KeysetPass(stream, at, included, sweep);
            }
            case DATE_SLICES -> {
                Checkpoint at = slice(companyId, stream, pass, resumes);
                LocalDate today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
                yield new ListPass(stream, at, new SliceReader(stream, (Position.Slice) at.position(), today), included, sweep);
            }
            case CURSOR, WHOLE -> {
                Checkpoint at = open(companyId, stream, pass, new Position.Pages(0), position -> false);
                yield new ListPass(stream, at, new CursorReader(stream), included, sweep);
            }
            case CHILDREN, SHARE -> throw new IllegalArgumentException(stream.name() + " has no list of its own");
        };
    }

    /** The slice under way is read anew as a run of its own: its cursor is gone, its pages may be cut differently. */
    private Checkpoint slice(long companyId, StreamDefinition stream, Pass pass, boolean resumes) {
        return checkpoints.open(companyId, stream.name(), pass, SliceReader.start(),
                position -> resumes && position instanceof Position.Slice slice ? slice.begun() : null);
    }

    private Checkpoint open(long companyId, StreamDefinition stream, Pass pass, Position start, Predicate<Position> resumable) {
        return checkpoints.open(companyId, stream.name(), pass, start, position -> resumable.test(position) ? position : null);
    }
}

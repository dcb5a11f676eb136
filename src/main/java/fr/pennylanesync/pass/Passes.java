package fr.pennylanesync.pass;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.CheckpointStore;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.stream.Pass;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.DueList;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Supplier;

/** Opens passes where their checkpoints stand. */
public final class Passes {

    private final CheckpointStore checkpoints;
    private final DueList due;
    private final Supplier<StreamCatalog> catalog;
    private final Clock clock;

    public Passes(CheckpointStore checkpoints, DueList due, Supplier<StreamCatalog> catalog, Clock clock) {
        this.checkpoints = checkpoints;
        this.due = due;
        this.catalog = catalog;
        this.clock = clock;
    }

    /** A walk over the stream: resumed if one is unfinished, else begun. */
    public OpenPass walk(long companyId, StreamDefinition stream) {
        return switch (stream.reading()) {
            case KEYSET -> {
                Checkpoint at = open(companyId, stream, Position.AfterId.START, position -> position instanceof Position.AfterId);
                yield list(stream, at, new KeysetReader(stream, (Position.AfterId) at.position()));
            }
            case DATE_SLICES -> slices(companyId, stream);
            case CURSOR, WHOLE -> {
                Checkpoint at = open(companyId, stream, new Position.Pages(0), position -> false);
                yield list(stream, at, new CursorReader(stream));
            }
            case CHILDREN -> new ChildrenPass(stream,
                    open(companyId, stream, new Position.Worked(0), position -> position instanceof Position.Worked), due);
        };
    }

    private OpenPass slices(long companyId, StreamDefinition stream) {
        Position start = SliceReader.start();
        // The slice under way is read anew as a run of its own: its cursor is gone, its pages may be cut differently.
        Checkpoint at = checkpoints.open(companyId, stream.name(), Pass.WALK, start,
                position -> position instanceof Position.Slice slice ? slice.begun() : null);
        return list(stream, at, new SliceReader(stream, (Position.Slice) at.position(), LocalDate.now(clock.withZone(ZoneOffset.UTC))));
    }

    private Checkpoint open(long companyId, StreamDefinition stream, Position start, java.util.function.Predicate<Position> resumable) {
        return checkpoints.open(companyId, stream.name(), Pass.WALK, start, position -> resumable.test(position) ? position : null);
    }

    private OpenPass list(StreamDefinition stream, Checkpoint at, ListReader reader) {
        Optional<StreamDefinition> included = catalog.get().childrenOf(stream.name()).stream()
                .filter(child -> child.include().isPresent()).findFirst();
        return new ListPass(stream, at, reader, included);
    }
}

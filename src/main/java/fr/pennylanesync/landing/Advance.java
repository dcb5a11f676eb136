package fr.pennylanesync.landing;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.DateRange;
import fr.pennylanesync.checkpoint.IdRange;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.failure.SyncException;
import java.util.List;
import java.util.Optional;

/** Says where the checkpoint goes once a batch is landed. */
public sealed interface Advance {

    /**
     * Computes the new position.
     *
     * @param current where the checkpoint is now
     * @throws SyncException CHECKPOINT_MOVED if it cannot go on from there: somebody else landed the same part
     */
    Position from(Checkpoint current);

    /** Tells whether other lanes move the same checkpoint, so that it is looked up within the landing's transaction. */
    default boolean isShared() {
        return true;
    }

    /** Goes to a position that the only lane of a pass knows beforehand. */
    record To(Position next) implements Advance {

        @Override
        public Position from(Checkpoint current) {
            return next;
        }

        @Override
        public boolean isShared() {
            return false;
        }
    }

    /**
     * Takes a range of ids off what is unread.
     *
     * @param newest the list's newest id, as far as it was asked for
     */
    record PastIds(IdRange read, Optional<Long> newest) implements Advance {

        public PastIds(IdRange read) {
            this(read, Optional.empty());
        }

        @Override
        public Position from(Checkpoint current) {
            if (current.position() instanceof Position.Unread unread) {
                return unread.reaching(newest).without(read).orElseThrow(() -> current.moved());
            }
            throw current.moved();
        }
    }

    /**
     * Takes a slice of days off what is unread with its last page, and stays before it until then, one page on.
     *
     * @param slice with the pages that were landed before
     * @param more whether more of the slice follows
     */
    record InSlice(DateRange slice, boolean more) implements Advance {

        @Override
        public Position from(Checkpoint current) {
            if (current.position() instanceof Position.UnreadDates unread) {
                return (more ? unread.withPageOf(slice) : unread.without(slice)).orElseThrow(() -> current.moved());
            }
            throw current.moved();
        }
    }

    /** Goes behind a batch that has its number beforehand; another lane may have landed a later one already. */
    record PastBatch(Position.Worked before) implements Advance {

        @Override
        public Position from(Checkpoint current) {
            if (current.position() instanceof Position.Worked worked) {
                return worked.batches() > before.batches() ? worked : before.next();
            }
            throw current.moved();
        }
    }

    /** Takes a partition of the data sharing off the list of those that are unread. */
    record PastPartition(String partition) implements Advance {

        @Override
        public Position from(Checkpoint current) {
            if (current.position() instanceof Position.Partitions left && left.unread().contains(partition)) {
                return left.without(partition);
            }
            throw current.moved();
        }
    }

    /** Takes the first part of a partition that was cut off the list: the other parts stand in its place. */
    record PastPart(String whole, List<String> others) implements Advance {

        public PastPart {
            others = List.copyOf(others);
        }

        @Override
        public Position from(Checkpoint current) {
            if (current.position() instanceof Position.Partitions left && left.unread().contains(whole)) {
                return left.with(whole, others);
            }
            throw current.moved();
        }
    }

    /** Stays: some rows of a partition are landed, which can only be read as a whole. */
    record WithinPartition() implements Advance {

        @Override
        public Position from(Checkpoint current) {
            return current.position();
        }
    }
}

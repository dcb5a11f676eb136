package fr.pennylanesync.checkpoint;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.time.LocalDate;

/** How far a pass has come: what stands in {@code checkpoint.position}. API cursors are never part of it, they do not survive. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Position.AfterId.class, name = "after-id"),
    @JsonSubTypes.Type(value = Position.Slice.class, name = "slice"),
    @JsonSubTypes.Type(value = Position.Pages.class, name = "pages"),
    @JsonSubTypes.Type(value = Position.Worked.class, name = "worked"),
    @JsonSubTypes.Type(value = Position.Drained.class, name = "drained"),
    @JsonSubTypes.Type(value = Position.Ended.class, name = "ended")})
public sealed interface Position {

    /** Names the batch that is read next from here; unique within a run. */
    String batchKey();

    /** All records up to and including this id are landed. */
    record AfterId(long id) implements Position {
        /** Before every id: Pennylane's are positive. */
        public static final AfterId START = new AfterId(0);

        @Override
        public String batchKey() {
            return "after " + id;
        }
    }

    /**
     * All records dated before {@code from} are landed, and {@code pages} pages of the slice that begins there.
     *
     * @param from null for the slice that has no beginning
     * @param days the slice's length; 0 for a slice without an end
     */
    record Slice(LocalDate from, int days, int pages) implements Position {
        /** The same slice before its first page. */
        public Slice begun() {
            return new Slice(from, days, 0);
        }

        @Override
        public String batchKey() {
            return "from " + (from == null ? "the beginning" : from) + " page " + (pages + 1);
        }
    }

    /** So many pages of a list that cannot be resumed: after a restart it is begun again. */
    record Pages(int count) implements Position {
        @Override
        public String batchKey() {
            return "page " + (count + 1);
        }
    }

    /** So many batches of sub-lists were worked off; what is still due stands in the table {@code due}. */
    record Worked(long batches) implements Position {
        @Override
        public String batchKey() {
            return "batch " + (batches + 1);
        }
    }

    /** All events of a changelog feed that were processed up to this instant of the API's clock are noted. */
    record Drained(Instant processedAt) implements Position {
        @Override
        public String batchKey() {
            return "since " + processedAt;
        }
    }

    /** The pass is complete; the next one is a new run. */
    record Ended() implements Position {
        @Override
        public String batchKey() {
            throw new IllegalStateException("a pass that has ended reads no batch");
        }
    }
}

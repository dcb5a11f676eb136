package fr.pennylanesync.checkpoint;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Ids greater than {@code after}, up to and including {@code upto}.
 *
 * @param upto null for a range without an end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IdRange(long after, Long upto) {

    /** Pennylane's ids are positive. */
    public static final IdRange ALL = new IdRange(0, null);

    public IdRange {
        if (after < 0 || upto != null && upto <= after) {
            throw new IllegalArgumentException("a range of ids ascends");
        }
    }

    public boolean contains(IdRange part) {
        return part.after >= after && (upto == null || part.upto != null && part.upto <= upto);
    }

    /** The part of it up to and including an id. */
    public IdRange to(long id) {
        return new IdRange(after, id);
    }

    /** The part of it behind an id. */
    public IdRange behind(long id) {
        return new IdRange(id, upto);
    }
}

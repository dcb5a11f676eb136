package fr.pennylanesync.sandbox;

import java.time.Instant;
import java.util.List;

/**
 * One change of a company's books, done as a whole: no reader sees a part of it.
 *
 * @param kind what was done, such as {@code pay_customer_invoice}
 * @param touches the records it created, changed or removed, in that order
 */
public record Mutation(long companyId, String kind, Instant at, List<Touch> touches) {

    public Mutation {
        touches = List.copyOf(touches);
    }

    /**
     * A record that was touched.
     *
     * @param stream its stream; for an allocation to a category, the feed that tells of it
     * @param operation {@code insert}, {@code update} or {@code delete}
     * @param announced whether a feed tells of it
     */
    public record Touch(String stream, long recordId, String operation, boolean announced) {}
}

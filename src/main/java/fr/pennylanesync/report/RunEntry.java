package fr.pennylanesync.report;

import java.time.Instant;
import java.util.Optional;

/**
 * One sync, audit or verification.
 *
 * @param company empty where it is about all; the alias is empty where the company is no longer known
 * @param part of an audit its kind, else empty
 * @param endedAt empty while it is under way
 * @param outcome COMPLETE, INCOMPLETE, DIFFERENT, FAILED or BROKEN_OFF
 * @param code of what it failed by
 * @param records that were read, or compared
 * @param streamsDone of a sync under way: those that it has read to their end
 * @param streams of a sync under way: those that are known and permitted
 */
public record RunEntry(long id, String kind, Optional<Long> company, Optional<String> alias, String part,
        Instant startedAt, Optional<Instant> endedAt, Optional<String> outcome, Optional<String> code, long records,
        long changed, long deleted, long requests, long differences, long streamsDone, long streams) {}

package fr.pennylanesync.landing;

import fr.pennylanesync.landing.record.Damage;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.landing.state.SetAside;
import fr.pennylanesync.stream.StreamDefinition;

/**
 * A record that the database does not take.
 *
 * @param sqlState why
 */
public record RefusedRecord(StreamDefinition stream, StreamRecord record, String sqlState) {

    private static final int RAW_LENGTH_MAX = 64 * 1024;

    /** Returns what is set aside: the record as text, as far as a person can look through it. */
    SetAside setAside() {
        String raw = record.damage().map(Damage::text).orElseGet(this::payload);
        return new SetAside(record.parentId(), record.id(), "", reason(), raw);
    }

    /** Returns why it is set aside, as a code. */
    String reason() {
        return "SQLSTATE " + sqlState;
    }

    private String payload() {
        String payload = record.payload().toString();
        int more = payload.length() - RAW_LENGTH_MAX;
        return more <= 0 ? payload
                : payload.substring(0, payload.offsetByCodePoints(0, payload.codePointCount(0, RAW_LENGTH_MAX)))
                        + "… (" + more + " characters more)";
    }

    /** Says which it is, and nothing of what it holds. */
    @Override
    public String toString() {
        return "RefusedRecord[" + stream.name() + " " + record.parentId() + "/" + record.id() + ", " + sqlState + "]";
    }
}

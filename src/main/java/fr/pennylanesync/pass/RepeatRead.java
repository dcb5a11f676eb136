package fr.pennylanesync.pass;

import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.record.StreamRecord;
import java.util.List;
import java.util.Optional;

/** Lets a doubtful page count once several readings in a row say the same. */
final class RepeatRead {

    /** Of a page that is as it should be, and that nothing proves. */
    static final int UNPROVEN = 2;
    /**
     * Of a page that says itself that it is not whole, or that has no word for whether it is: where answers lose their
     * tails at one request in twenty, two in a row do so at one in four hundred, which is soon met.
     */
    static final int CONTRADICTORY = 3;

    private Optional<List<?>> before = Optional.empty();
    private int agreeing;

    /** File URLs differ on each reading: records are compared, not what was sent. */
    boolean confirmsRecords(List<StreamRecord> reading, String path, int needed) {
        return confirms(reading.stream().map(StreamRecord::hash).toList(), path, needed);
    }

    /**
     * @param needed how many readings must say the same
     * @return whether they have; if not yet, the page is to be read once more
     * @throws SyncException SHORT_PAGE if it said something else than the one before: the same request is then repeated
     * a limited number of times
     */
    boolean confirms(List<?> reading, String path, int needed) {
        boolean other = before.isPresent() && !before.get().equals(reading);
        before = Optional.of(reading);
        agreeing = other ? 1 : agreeing + 1;
        if (other) {
            throw FailureFacts.at(path).failure(ApiErrorCode.SHORT_PAGE);
        }
        return agreeing >= needed;
    }

    /** The page counts: the next one is another. */
    void forget() {
        before = Optional.empty();
        agreeing = 0;
    }
}

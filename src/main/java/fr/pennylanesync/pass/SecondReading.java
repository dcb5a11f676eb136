package fr.pennylanesync.pass;

import fr.pennylanesync.api.ApiFailure;
import fr.pennylanesync.api.ApiFailureCode;
import fr.pennylanesync.warehouse.StreamRecord;
import java.util.List;
import java.util.Optional;

/** Lets a doubtful page count once two readings in a row say the same. */
final class SecondReading {

    private Optional<List<?>> before = Optional.empty();

    /** File URLs differ on each reading: records are compared, not what was sent. */
    boolean confirmsRecords(List<StreamRecord> reading, String path) {
        return confirms(reading.stream().map(StreamRecord::hash).toList(), path);
    }

    /**
     * @return whether the reading before said the same; if there was none, the page is to be read once more
     * @throws ApiFailure SHORT_PAGE if it said something else: the same request is then repeated a limited number of times
     */
    boolean confirms(List<?> reading, String path) {
        boolean isSecond = before.isPresent();
        boolean same = before.filter(reading::equals).isPresent();
        before = same ? Optional.empty() : Optional.of(reading);
        if (isSecond && !same) {
            throw ApiFailure.of(ApiFailureCode.SHORT_PAGE, path);
        }
        return same;
    }

    void forget() {
        before = Optional.empty();
    }
}

package fr.pennylanesync.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.record.RecordMapper;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.stream.TestStreams;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RepeatReadTest {

    private final RepeatRead reading = new RepeatRead();

    @Test
    void aPageCountsOnceEnoughReadingsSayTheSame() {
        assertThat(reading.confirms(List.of(1), "/list", 3)).isFalse();
        assertThat(reading.confirms(List.of(1), "/list", 3)).isFalse();
        assertThat(reading.confirms(List.of(1), "/list", 3)).isTrue();
    }

    @Test
    void readingsThatDifferAreAFailureAndBeginTheCountAnew() {
        reading.confirms(List.of(1), "/list", 2);
        assertThatThrownBy(() -> reading.confirms(List.of(2), "/list", 2)).isInstanceOf(SyncException.class)
                .satisfies(thrown -> assertThat(((SyncException) thrown).code()).isEqualTo(ApiErrorCode.SHORT_PAGE))
                .hasMessageContaining("/list");
        assertThat(reading.confirms(List.of(2), "/list", 3)).isFalse();
        assertThat(reading.confirms(List.of(2), "/list", 3)).isTrue();
    }

    @Test
    void theNextPageIsAnother() {
        reading.confirms(List.of(1), "/list", 2);
        reading.forget();
        assertThat(reading.confirms(List.of(2), "/list", 2)).isFalse();
        assertThat(reading.confirms(List.of(2), "/list", 2)).isTrue();
    }

    @Test
    void recordsAreComparedByTheirHashes() {
        assertThat(reading.confirmsRecords(records(1, 2), "/list", 2)).isFalse();
        assertThatThrownBy(() -> reading.confirmsRecords(records(1), "/list", 2)).isInstanceOf(SyncException.class);
        assertThat(reading.confirmsRecords(records(1), "/list", 2)).isTrue();
    }

    private static List<StreamRecord> records(long... ids) {
        return LongStream.of(ids).mapToObj(id -> RecordMapper.map(TestStreams.keyset(10), 0, FakeList.item(id)))
                .toList();
    }
}

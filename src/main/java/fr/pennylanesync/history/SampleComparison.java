package fr.pennylanesync.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.landing.record.RecordMapper;
import fr.pennylanesync.landing.record.SharedRowMapper;
import fr.pennylanesync.share.ShareRow;
import fr.pennylanesync.stream.ColumnType;
import fr.pennylanesync.stream.StreamDefinition;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Counts how many records of a sample the API knows by the same id, and how many of those agree in most of the fields
 * that both have.
 */
final class SampleComparison {

    private final StreamDefinition stream;
    private final SharedRowMapper mapper;
    private int sampled;
    private int found;
    private int agreeing;

    SampleComparison(StreamDefinition stream) {
        this.stream = stream.unruled();
        this.mapper = new SharedRowMapper(this.stream);
    }

    /** @param record what the API has under the row's id */
    void add(ShareRow row, Optional<ObjectNode> record) {
        sampled++;
        if (record.isPresent()) {
            found++;
            agreeing += agrees(row, record.get()) ? 1 : 0;
        }
    }

    private boolean agrees(ShareRow row, ObjectNode record) {
        List<String> shared = mapper.map(row.id(), row.spelled(), row::field).values();
        List<String> received = RecordMapper.map(stream, 0, record).values();
        int both = 0;
        int same = 0;
        for (int i = 0; i < shared.size(); i++) {
            if (stream.share().orElseThrow().filling(stream.columns().get(i).name()).isPresent()) {
                both++;
                same += isSame(stream.columns().get(i).type(), shared.get(i), received.get(i)) ? 1 : 0;
            }
        }
        return 2 * same >= both;
    }

    private static boolean isSame(ColumnType type, String one, String other) {
        if (type != ColumnType.NUMERIC || one == null || other == null) {
            return Objects.equals(one, other);
        }
        return new BigDecimal(one).compareTo(new BigDecimal(other)) == 0;
    }

    boolean isSame(double enough) {
        return found >= enough * sampled && agreeing >= enough * found;
    }

    int sampled() {
        return sampled;
    }

    int found() {
        return found;
    }

    int agreeing() {
        return agreeing;
    }
}

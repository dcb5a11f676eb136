package fr.pennylanesync.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.api.page.Condition;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.pass.LaneReader;
import fr.pennylanesync.share.ShareRow;
import fr.pennylanesync.share.TestPartitions;
import fr.pennylanesync.stream.ReadStrategy;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.TestStreams;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SampleTest {

    private static final StreamDefinition STREAM = TestStreams.shared(TestStreams.keyset(50));

    private final List<String> verdicts = new ArrayList<>();

    @Test
    void theSameIdsWithTheSameValuesMeanTheSame() {
        SampleComparison comparison = new SampleComparison(STREAM);
        comparison.add(row(1, "a", "10.50"), Optional.of(item(1, "a", "10.5")));
        comparison.add(row(2, "b", null), Optional.of(item(2, "b", null)));
        assertFigures(comparison, 2, 2, 2);
        assertThat(comparison.isSame(0.8)).isTrue();
    }

    /** Half of the fields must agree: what changed since differs, and is the same record all the same. */
    @Test
    void aRecordAgreesByHalfOfItsFields() {
        SampleComparison comparison = new SampleComparison(STREAM);
        comparison.add(row(1, "a", "10.50"), Optional.of(item(1, "renamed", "10.5")));
        assertFigures(comparison, 1, 1, 1);
        comparison.add(row(2, "a", "10.50"), Optional.of(item(2, "renamed", "11")));
        assertFigures(comparison, 2, 2, 1);
        comparison.add(row(3, "a", "10.50"), Optional.of(item(3, "renamed", null)));
        comparison.add(row(4, "a", null), Optional.of(item(4, "renamed", "3")));
        assertFigures(comparison, 4, 4, 1);
        assertThat(comparison.isSame(0.8)).isFalse();
    }

    @Test
    void enoughMustBeFoundAndOfThoseEnoughMustAgree() {
        SampleComparison comparison = new SampleComparison(STREAM);
        for (long id = 1; id <= 4; id++) {
            comparison.add(row(id, "a", "1"), Optional.of(item(id, "a", "1")));
        }
        comparison.add(row(5, "a", "1"), Optional.empty());
        assertFigures(comparison, 5, 4, 4);
        assertThat(comparison.isSame(0.8)).isTrue();
        comparison.add(row(6, "a", "1"), Optional.empty());
        assertThat(comparison.isSame(0.8)).isFalse();
    }

    @Test
    void theSampleIsAskedForInOneRequest() {
        SamplePass pass = pass(STREAM, 3, 1, 2);
        assertThat(pass.request()).isEqualTo(PageRequest.of("/customers", SamplePass.ROWS).sortedBy("id")
                .where(Condition.in("id", List.of(1L, 2L, 3L))));
        LaneReader.takePage(pass, page(false, 1, 2, 3));
        assertThat(verdicts).containsExactly("SAME 3 3 3");
        assertThat(pass.isUnfinished()).isFalse();
        assertThat(pass.batchRequests()).isZero();
    }

    @Test
    void idsThatTheApiDoesNotKnowAreApart() {
        LaneReader.takePage(pass(STREAM, 1, 2, 3), page(false, 1));
        assertThat(verdicts).containsExactly("APART 3 1 1");
    }

    /** Of a list that is not read to its end, only the ids up to its last can be judged. */
    @Test
    void onlyIdsThatTheAnswerCoversAreCompared() {
        StreamDefinition listed = TestStreams.shared(TestStreams.list("customers", ReadStrategy.CURSOR, 2));
        SamplePass pass = pass(listed, 1, 2, 30);
        assertThat(pass.request()).isEqualTo(PageRequest.of("/customers", 2).sortedBy("id"));
        LaneReader.takePage(pass, page(true, 1, 2));
        assertThat(verdicts).containsExactly("SAME 2 2 2");
    }

    @Test
    void whereNothingCanBeComparedNothingIsProven() {
        StreamDefinition listed = TestStreams.shared(TestStreams.list("customers", ReadStrategy.CURSOR, 2));
        SamplePass pass = pass(listed, 20, 30);
        LaneReader.takePage(pass, page(true, 1, 2));
        assertThat(verdicts).isEmpty();
        assertThat(pass.isUnfinished()).isFalse();
        SamplePass empty = pass(STREAM);
        assertThat(empty.isUnfinished()).isFalse();
        assertThat(verdicts).isEmpty();
    }

    @Test
    void aComparisonLandsNothing() {
        SamplePass pass = pass(STREAM, 1);
        assertThat(pass.isBatchReady()).isFalse();
        assertThat(pass.tolerates(FailureFacts.at("/customers").failure(ApiErrorCode.BAD_REQUEST))).isFalse();
        pass.restartBatch();
        assertThat(pass.isUnfinished()).isTrue();
        assertThatThrownBy(pass::batch).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> pass.landed(Optional.empty())).isInstanceOf(IllegalStateException.class);
    }

    private static void assertFigures(SampleComparison comparison, int sampled, int found, int agreeing) {
        assertThat(List.of(comparison.sampled(), comparison.found(), comparison.agreeing()))
                .containsExactly(sampled, found, agreeing);
    }

    private SamplePass pass(StreamDefinition stream, long... ids) {
        List<ShareRow> sample = LongStream.of(ids).mapToObj(id -> row(id, "a", "1")).toList();
        return new SamplePass(stream, 1, sample, (company, name, verdict, sampled, found, agreeing) -> verdicts
                .add(verdict + " " + sampled + " " + found + " " + agreeing));
    }

    private static ShareRow row(long id, String label, String amount) {
        return TestPartitions.row(STREAM, 1, id, label, amount);
    }

    private static ObjectNode item(long id, String label, String amount) {
        ObjectNode item = JsonNodeFactory.instance.objectNode().put("id", id).put("label", label);
        return amount == null ? item : item.set("amount", DecimalNode.valueOf(new BigDecimal(amount)));
    }

    private static Page page(boolean more, long... ids) {
        return new Page(LongStream.of(ids).mapToObj(id -> item(id, "a", "1")).toList(), more,
                more ? Optional.of("next") : Optional.empty(), Map.of());
    }
}

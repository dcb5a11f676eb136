package fr.pennylanesync.pass;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.landing.record.RecordMapper;
import fr.pennylanesync.landing.record.StreamRecord;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecordKeysTest {

    private static final StreamDefinition MANDATES =
            StreamCatalog.load(Path.of("routes"), Map.of()).find("pro_account_mandates").orElseThrow();
    private static final String ONE =
            "{\"customer\": {\"id\": 7}, \"created_at\": \"2026-01-02T03:04:05Z\", \"status\": \"%s\"}";

    private final RecordKeys keys = new RecordKeys(MANDATES);

    @Test
    void anIdIsMadeOfTheKeyAloneAndIsTheSameInEachReading() {
        List<Long> first = ids(page(record(ONE, "enabled"), record("{\"customer\": null}", "")));
        List<Long> again = ids(page(record(ONE, "disabled"), record("{\"customer\": null}", "")));

        assertThat(again).isEqualTo(first).doesNotHaveDuplicates().allSatisfy(id -> assertThat(id).isNotNegative());
    }

    @Test
    void recordsWithOneKeyAreToldApartByTheirPlaceOverPagesToo() {
        List<Long> page = ids(page(record(ONE, "a"), record(ONE, "b")));
        keys.advance();
        List<Long> next = ids(page(record(ONE, "c")));

        assertThat(Stream.concat(page.stream(), next.stream())).doesNotHaveDuplicates();
        keys.restart();
        assertThat(ids(page(record(ONE, "a")))).containsExactly(page.get(0));
    }

    @Test
    void anIdThatWasMadeIsNoPartOfThePayload() {
        ObjectNode identified = keys.identified(page(record(ONE, "a"))).items().get(0);
        StreamRecord record = RecordMapper.map(MANDATES, 0, identified);

        assertThat(record.id()).isEqualTo(identified.path("id").longValue()).isPositive();
        assertThat(new String(record.payload().utf8(), StandardCharsets.UTF_8)).doesNotContain("\"id\": " + record.id(),
                Long.toString(record.id()));
    }

    private List<Long> ids(Page page) {
        return keys.identified(page).items().stream().map(item -> item.path("id").longValue()).toList();
    }

    private static Page page(ObjectNode... records) {
        return new Page(List.of(records), false, Optional.empty(), Map.of());
    }

    private static ObjectNode record(String json, String status) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(json.replace("%s", status));
        } catch (java.io.IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
    }
}

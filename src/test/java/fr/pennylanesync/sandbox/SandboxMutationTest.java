package fr.pennylanesync.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Companies that change while they are read, and feeds that tell of it. */
class SandboxMutationTest {

    private static final Instant START = Instant.parse("2026-11-16T08:00:00Z");
    private static final List<String> FEEDS =
            List.of("customer_invoices", "supplier_invoices", "customers", "suppliers", "products",
                    "transactions", "quotes", "ledger_entry_lines", "ledger_entries_categories",
                    "ledger_entry_lines_categories");

    private final AdjustableClock clock = AdjustableClock.stoppedAt(START);
    private Sandbox sandbox;

    @BeforeEach
    void start() {
        restart(options());
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theBooksHoldTogetherThroughAnySequence(long seed) {
        sandbox.mutate(new Random(seed), 2_000);
        Map<Long, List<ObjectNode>> byEntry = truth("ledger_entry_lines")
                .collect(Collectors.groupingBy(line -> line.path("ledger_entry").path("id").asLong()));
        assertThat(byEntry.values()).allSatisfy(
                lines -> assertThat(Amounts.sum(lines, "debit")).isEqualByComparingTo(Amounts.sum(lines, "credit")));
        assertThat(ids("ledger_entries")).containsAll(byEntry.keySet());
        Stream.concat(truth("customer_invoices").filter(invoice -> !invoice.path("draft").asBoolean()),
                truth("supplier_invoices"))
                .forEach(invoice -> assertThat(byEntry.get(invoice.path("ledger_entry").path("id").asLong()))
                        .filteredOn(line -> line.path("ledger_account").path("number").asText().matches("4[01]1.*"))
                        .singleElement().satisfies(
                                line -> assertThat(Amounts.of(line, "debit").subtract(Amounts.of(line, "credit")).abs())
                                        .isEqualByComparingTo(Amounts.of(invoice, "amount").abs())));
        assertLetteringsHold();
    }

    private void assertLetteringsHold() {
        Map<Long, ObjectNode> lines =
                truth("ledger_entry_lines").collect(Collectors.toMap(line -> line.path("id").asLong(), line -> line));
        lines.values().stream().map(line -> line.path("lettered_ledger_entry_lines").path("ids"))
                .filter(ids -> !ids.isEmpty()).forEach(ids -> {
                    List<ObjectNode> group = stream(ids).map(id -> lines.get(id.asLong())).toList();
                    assertThat(group).doesNotContainNull()
                            .allMatch(other -> other.path("lettered_ledger_entry_lines").path("ids").equals(ids));
                    assertThat(Amounts.sum(group, "debit")).isEqualByComparingTo(Amounts.sum(group, "credit"));
                });
    }

    @Test
    void theSameDrawsMakeTheSameChanges() {
        List<Mutation> first = sandbox.mutate(new Random(7), 300);
        restart(options());
        assertThat(sandbox.mutate(new Random(7), 300)).isEqualTo(first);
        assertThat(sandbox.mutations()).hasSize(300);
    }

    @Test
    void creationsChangesAndRemovalsComeInBelievableShares() {
        List<String> kinds = sandbox.mutate(new Random(1), 4_000).stream().map(Mutation::kind).toList();
        assertThat(kinds.stream().filter(kind -> kind.startsWith("insert_")).count()).isBetween(1_200L, 1_700L);
        assertThat(kinds.stream()
                .filter(kind -> kind.startsWith("remove_") && !kind.endsWith("_line") || kind.equals("restore"))
                .count())
                .isBetween(250L, 550L);
        assertThat(new HashSet<>(kinds)).as("kinds of mutation that ever happen")
                .containsExactlyInAnyOrderElementsOf(Sandbox.mutationKinds());
    }

    @Test
    void oneKindOfMutationCanBeAskedFor() {
        long company = sandbox.companies().get(0).id();
        assertThat(sandbox.mutate(company, new Random(1), "restore")).as("nothing was removed yet").isEmpty();
        assertThat(sandbox.mutate(company, new Random(1), "remove_entry")).get().extracting(Mutation::kind)
                .isEqualTo("remove_entry");
        assertThat(sandbox.mutate(company, new Random(1), "restore")).get()
                .satisfies(mutation -> assertThat(mutation.touches())
                        .extracting(Mutation.Touch::recordId)
                        .containsExactlyElementsOf(sandbox.mutations().get(0).touches().stream()
                                .map(Mutation.Touch::recordId).toList()));
        assertThatThrownBy(() -> sandbox.mutate(company, new Random(1), "explode"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void replayingAFeedFromAnyPointGivesExactlyTheRecordsThatChanged() {
        Random random = new Random(11);
        List<Instant> points = Stream.generate(() -> {
            clock.advance(Duration.ofSeconds(10));
            sandbox.mutate(random, 40);
            return clock.instant();
        }).limit(12).toList();
        for (Instant point : points) {
            for (String feed : FEEDS) {
                assertThat(events(feed, "start_date", point, "limit", 7).stream()
                        .map(event -> event.path("id").asLong() + event.path("operation").asText()))
                        .as(feed).containsExactlyElementsOf(announced(feed, point));
            }
        }
    }

    @Test
    void whatNoEventTellsOfHasNotChanged() {
        Map<String, Map<Long, String>> before = new HashMap<>();
        FEEDS.subList(0, 8).forEach(feed -> before.put(feed, snapshot(feed)));
        sandbox.mutate(new Random(5), 800);
        before.forEach((feed, old) -> {
            Set<Long> changed =
                    events(feed).stream().map(event -> event.path("id").asLong()).collect(Collectors.toSet());
            Map<Long, String> now = snapshot(feed);
            assertThat(changed).as(feed).isNotEmpty();
            now.keySet().removeAll(changed);
            old.keySet().removeAll(changed);
            assertThat(now).as(feed).isEqualTo(old);
        });
    }

    @Test
    void theLastEventSaysWhetherTheRecordIsThere() {
        sandbox.mutate(new Random(3), 1_500);
        int gone = 0;
        for (String feed : FEEDS.subList(0, 8)) {
            Map<Long, String> last = new HashMap<>();
            events(feed).forEach(event -> last.put(event.path("id").asLong(), event.path("operation").asText()));
            Set<Long> there = ids(feed);
            last.forEach((id, operation) -> assertThat(there.contains(id)).as(feed + " " + id)
                    .isEqualTo(!operation.equals("delete")));
            for (long id : last.keySet().stream().filter(id -> !there.contains(id)).limit(5).toList()) {
                assertThat(caller().get("/" + feed + "/" + id).statusCode()).isEqualTo(404);
                gone++;
            }
        }
        assertThat(gone).isPositive();
    }

    @Test
    void restoredRecordsComeBackWithTheirIdsAndOldTimestamps() {
        List<Mutation> restorations = sandbox.mutate(new Random(9), 1_500).stream()
                .filter(mutation -> mutation.kind().equals("restore")).toList();
        assertThat(restorations).isNotEmpty().allMatch(
                mutation -> mutation.touches().stream().allMatch(touch -> touch.operation().equals("insert")));
        Set<Long> removed = touched("delete");
        assertThat(restorations.stream().flatMap(mutation -> mutation.touches().stream())
                .filter(touch -> !touch.stream().endsWith("_categories"))
                .map(Mutation.Touch::recordId)).allMatch(removed::contains);
        assertThat(FEEDS.stream().flatMap(feed -> events(feed).stream())
                .filter(event -> event.path("operation").asText().equals("insert")))
                .anyMatch(
                        event -> event.path("updated_at").asText().compareTo(event.path("processed_at").asText()) < 0);
    }

    @Test
    void updatedAtMovesWithEveryAnnouncedUpdate() {
        Map<Long, String> before = updatedAt("ledger_entry_lines");
        sandbox.mutate(new Random(2), 600);
        Map<Long, String> after = updatedAt("ledger_entry_lines");
        Set<Long> updated = sandbox.mutations().stream().flatMap(mutation -> mutation.touches().stream())
                .filter(touch -> touch.stream().equals("ledger_entry_lines") && touch.operation().equals("update"))
                .map(Mutation.Touch::recordId)
                .filter(id -> before.containsKey(id) && after.containsKey(id)).collect(Collectors.toSet());
        assertThat(updated).isNotEmpty().allSatisfy(id -> assertThat(after.get(id)).isGreaterThan(before.get(id)));
    }

    @Test
    void aHeaderEditIsNotAnnouncedAndARemovedLineDoesNotNameItsEntry() {
        List<Mutation> mutations = sandbox.mutate(new Random(4), 1_500);
        assertThat(mutations).filteredOn(mutation -> mutation.kind().equals("edit_entry_header")).isNotEmpty()
                .allMatch(mutation -> mutation.touches().stream().noneMatch(Mutation.Touch::announced));
        assertThat(mutations).filteredOn(mutation -> mutation.kind().equals("remove_entry_line")).isNotEmpty()
                .allSatisfy(mutation -> assertThat(mutation.touches()).anyMatch(
                        touch -> touch.operation().equals("delete") && touch.stream().equals("ledger_entry_lines")));
        assertThat(events("ledger_entry_lines")).filteredOn(event -> event.path("operation").asText().equals("delete"))
                .isNotEmpty()
                .allMatch(event -> event.size() == 5);
        assertThat(events("ledger_entry_lines_categories"))
                .anyMatch(event -> !event.path("ledger_entry_line").isNull() && !event.path("ledger_entry").isNull())
                .anyMatch(event -> event.path("operation").asText().equals("delete")
                        && event.path("ledger_entry_line").isNull());
        assertThat(events("ledger_entries_categories")).isNotEmpty()
                .allMatch(event -> event.path("ledger_entry").path("type").isTextual());
    }

    @Test
    void quietChildrenChangeWithoutAnEventOfTheirParent() {
        List<Mutation> loud = sandbox.mutate(new Random(6), 500);
        assertThat(loud).filteredOn(mutation -> mutation.kind().equals("join_appendix")).isNotEmpty()
                .allMatch(mutation -> mutation.touches().get(0).announced());
        restart(options().withQuietChildren(true));
        List<Mutation> quiet = sandbox.mutate(new Random(6), 500);
        assertThat(quiet).filteredOn(mutation -> mutation.kind().equals("join_appendix")).isNotEmpty()
                .noneMatch(mutation -> mutation.touches().get(0).announced());
        assertThat(quiet).filteredOn(mutation -> mutation.kind().equals("allocate_line")).isNotEmpty()
                .allSatisfy(mutation -> assertThat(mutation.touches()).filteredOn(Mutation.Touch::announced)
                        .extracting(Mutation.Touch::stream).containsOnly("ledger_entry_lines_categories"));
    }

    @Test
    void walksGoOnWhileTheBooksChange() {
        restart(options().withClock(AdjustableClock.runningFrom(START)).withMutationsPerMinute(12_000));
        for (int i = 0; i < 5; i++) {
            List<Long> walked = caller().walk("/ledger_entry_lines", "limit", 50, "sort", "id").stream()
                    .map(line -> line.path("id").asLong()).toList();
            assertThat(walked).isSorted().doesNotHaveDuplicates();
            assertThat(caller().walk("/customer_invoices", "limit", 3)).isNotEmpty();
        }
        assertThat(sandbox.mutations()).isNotEmpty();
        assertThat(caller().walk("/changelogs/ledger_entry_lines", "limit", 50)).isNotEmpty();
    }

    private SandboxOptions options() {
        return SandboxOptions.defaults().withCompanies(1).withRecords(400).withRateLimit(RateLimit.OFF)
                .withClock(clock);
    }

    private void restart(SandboxOptions options) {
        if (sandbox != null) {
            sandbox.close();
        }
        sandbox = Sandbox.start(options);
    }

    private Caller caller() {
        return new Caller(sandbox, 0);
    }

    private List<String> announced(String feed, Instant from) {
        return sandbox.mutations().stream().filter(mutation -> !mutation.at().isBefore(from))
                .flatMap(mutation -> mutation.touches().stream())
                .filter(touch -> touch.announced() && touch.stream().equals(feed))
                .map(touch -> touch.recordId() + touch.operation()).toList();
    }

    private Set<Long> touched(String operation) {
        return sandbox.mutations().stream().flatMap(mutation -> mutation.touches().stream())
                .filter(touch -> touch.operation().equals(operation))
                .map(Mutation.Touch::recordId).collect(Collectors.toSet());
    }

    /** The events of a feed; {@code start_date} only with the first page. */
    private List<JsonNode> events(String feed, Object... first) {
        return FeedReader.events(caller(), feed, first);
    }

    private Stream<ObjectNode> truth(String stream) {
        return sandbox.truth().records(sandbox.companies().get(0).id(), stream).map(TruthRecord::json);
    }

    private Set<Long> ids(String stream) {
        return truth(stream).map(json -> json.path("id").asLong()).collect(Collectors.toCollection(TreeSet::new));
    }

    private Map<Long, String> updatedAt(String stream) {
        return truth(stream)
                .collect(Collectors.toMap(json -> json.path("id").asLong(), json -> json.path("updated_at").asText()));
    }

    /** Records by id, without file URLs and without what belongs to the categories they name. */
    private Map<Long, String> snapshot(String stream) {
        return truth(stream).peek(SandboxMutationTest::forgetLabelsOfCategories)
                .collect(Collectors.toMap(json -> json.path("id").asLong(),
                        json -> json.toString().replaceAll("/files/[^\"]*", "")));
    }

    private static void forgetLabelsOfCategories(ObjectNode json) {
        if (json.path("categories").isArray()) {
            json.path("categories")
                    .forEach(category -> ((ObjectNode) category).remove(List.of("label", "analytical_code")));
        }
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return Stream.iterate(0, i -> i + 1).limit(array.size()).map(array::get);
    }
}

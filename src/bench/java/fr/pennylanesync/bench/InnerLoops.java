package fr.pennylanesync.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.api.budget.BudgetSettings;
import fr.pennylanesync.api.budget.DelayedExecutor;
import fr.pennylanesync.api.budget.Permit;
import fr.pennylanesync.api.budget.Priority;
import fr.pennylanesync.api.budget.RateBudget;
import fr.pennylanesync.api.budget.RateHeaders;
import fr.pennylanesync.api.page.ExactJson;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageReader;
import fr.pennylanesync.hash.BatchHash;
import fr.pennylanesync.hash.CanonicalJson;
import fr.pennylanesync.hash.ChainEntry;
import fr.pennylanesync.hash.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What is done for each page, record, request and batch, each beside what a plain library does for the same. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class InnerLoops {

    private static final int RECORDS = 100;
    private static final String PATH = "/ledger_entry_lines";
    private static final ObjectMapper PLAIN = new ObjectMapper();
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(1);

    private byte[] answer;
    private ObjectNode record;
    private List<Sha256> hashes;
    private ChainEntry entry;
    private RateBudget budget;
    private long nanos;
    private final Semaphore semaphore = new Semaphore(RECORDS);

    /** Makes a page of ledger lines as the API answers them. */
    @Setup
    public void page() throws IOException {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode items = root.putArray("items");
        hashes = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            items.add(line(i));
            hashes.add(CanonicalJson.hash(items.get(i)));
        }
        root.put("has_more", true).put("next_cursor", "bGVkZ2VyIGxpbmVz");
        answer = PLAIN.writeValueAsBytes(root);
        record = (ObjectNode) ExactJson.MAPPER.readTree(answer).get("items").get(0);
        entry = new ChainEntry(7, "ledger_entry_lines", 1, "walk", 1, "after 0", OptionalLong.of(1),
                OptionalLong.of(RECORDS), RECORDS, RECORDS, 1, 1_700_000_000_000_000L, hashes.get(0));
        // A clock of its own, which each request moves on: no request ever waits.
        DelayedExecutor never = (wait, task) -> {};
        budget = new RateBudget(new BudgetSettings(RECORDS, Duration.ofSeconds(1), RECORDS), () -> nanos, never,
                new Random(1));
    }

    private static ObjectNode line(int i) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("id", 40_000_000L + i)
                .put("label", "Facture " + i + " du fournisseur, échéance à 30 jours").put("debit", "1234.50")
                .put("credit", "0.0").put("date", "2026-03-01").put("created_at", "2026-03-01T10:20:30.123456Z")
                .put("updated_at", "2026-03-02T10:20:30.123456Z");
        line.putObject("ledger_account").put("id", 5_000L + i).put("number", "40100000").put("url",
                "https://example.org/"
                        + i);
        line.putObject("journal").put("id", 3L).put("url", "https://example.org/j/3");
        line.putObject("ledger_entry").put("id", 9_000L + i);
        line.putNull("lettered_ledger_entry_lines");
        return line;
    }

    @Benchmark
    public Page pageReading() throws IOException {
        return PageReader.read(ExactJson.MAPPER.readTree(new ByteArrayInputStream(answer)), PATH);
    }

    @Benchmark
    public JsonNode pageReadingPlain() throws IOException {
        return PLAIN.readTree(new ByteArrayInputStream(answer));
    }

    @Benchmark
    public byte[] canonicalJson() {
        return CanonicalJson.spell(record).utf8();
    }

    @Benchmark
    public byte[] canonicalJsonPlain() throws IOException {
        return PLAIN.writeValueAsBytes(record);
    }

    @Benchmark
    public Sha256 recordHash() {
        return CanonicalJson.hash(record);
    }

    @Benchmark
    public byte[] recordHashPlain() throws IOException, NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(PLAIN.writeValueAsBytes(record));
    }

    @Benchmark
    public long rateBudget() {
        nanos += TimeUnit.SECONDS.toNanos(1);
        try (Permit permit = budget.acquire(Priority.WALK, LONG_ENOUGH)) {
            permit.answered(200, RateHeaders.NONE);
        }
        return nanos;
    }

    @Benchmark
    public long rateBudgetPlain() throws InterruptedException {
        semaphore.acquire();
        semaphore.release();
        return nanos;
    }

    @Benchmark
    public Sha256 chain() {
        BatchHash batch = BatchHash.begin(7, "ledger_entry_lines", "walk");
        for (int i = 0; i < RECORDS; i++) {
            batch.add(0, i, hashes.get(i));
        }
        return entry.hash().chain(batch.finish());
    }

    @Benchmark
    public byte[] chainPlain() throws NoSuchAlgorithmException {
        MessageDigest batch = MessageDigest.getInstance("SHA-256");
        for (int i = 0; i < RECORDS; i++) {
            batch.update(("0\n" + i + "\n").getBytes(StandardCharsets.US_ASCII));
            batch.update(hashes.get(i).bytes());
        }
        return batch.digest();
    }
}

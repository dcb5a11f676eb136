package fr.pennylanesync.camel;

import fr.pennylanesync.archive.s3.ObjectKey;
import fr.pennylanesync.archive.s3.Upload;
import fr.pennylanesync.hash.Sha256;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;

/** Stands where the steps of the archive do, writes down who was called, and fails where it is told to. */
public final class FakeArchive {

    /** A file on its way. */
    public record File(int number, boolean fetched, String contentKey, Upload upload) {

        static File of(int number, boolean fetched, Path content) {
            byte[] bytes = {(byte) number};
            ObjectKey key = new ObjectKey("books", 1, "quotes", 2026, number, Sha256.of(bytes), "pdf");
            return new File(number, fetched, "1/quotes/0/" + number + "/url/" + key.hash(),
                    new Upload(key, content, 1, "application/pdf", Map.of("record", Integer.toString(number))));
        }
    }

    /** A pass over files. */
    public record Files(boolean unfinished, boolean batchReady) {}

    /** Company and thread of each run. */
    final List<String> runs = new CopyOnWriteArrayList<>();
    final List<String> calls = new CopyOnWriteArrayList<>();
    final Map<String, Throwable> failures = new ConcurrentHashMap<>();
    final AtomicReference<Exception> kept = new AtomicReference<>();
    final Map<String, Object> headersAtReadBack = new TreeMap<>();
    final List<Exception> told = new CopyOnWriteArrayList<>();
    List<Long> companies = List.of(1L);
    List<String> streams = List.of("quotes");
    List<File> files = List.of();
    int batches = 1;
    boolean leased = true;
    boolean large;
    boolean isolates;
    private final Map<String, Integer> begun = new ConcurrentHashMap<>();

    void forget() {
        List.of(runs, calls, told).forEach(List::clear);
        failures.clear();
        headersAtReadBack.clear();
        begun.clear();
        companies = List.of(1L);
        streams = List.of("quotes");
        files = List.of();
        batches = 1;
        leased = true;
        large = false;
        isolates = false;
    }

    private void called(String step) throws Exception {
        calls.add(step);
        Throwable failure = failures.get(step);
        if (failure instanceof Exception exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
    }

    private void called(String step, Exchange exchange) throws Exception {
        File file = exchange.getVariable("file", File.class);
        calls.add(step);
        Throwable failure = failures.get(step + " " + file.number());
        if (failure != null) {
            throw (Exception) failure;
        }
    }

    public List<Long> dueCompanies() {
        return companies;
    }

    public void takeLease(Exchange exchange) throws Exception {
        runs.add(exchange.getVariable("companyId") + " " + Thread.currentThread().getName());
        called("takeLease");
        if (leased) {
            exchange.setVariable("archiveRun", "held");
        }
    }

    public void releaseLease() throws Exception {
        called("releaseLease");
    }

    public List<String> dueStreams() throws Exception {
        called("dueStreams");
        return streams;
    }

    public void open(Exchange exchange) throws Exception {
        called("open");
        begun.put(exchange.getVariable("streamName", String.class), 0);
        exchange.setVariable("files", new Files(true, true));
    }

    public boolean hasNext(Exchange exchange) {
        return begun.merge(exchange.getVariable("streamName", String.class), 1, Integer::sum) <= batches;
    }

    public void begin() throws Exception {
        kept.set(null);
        called("begin");
    }

    public boolean isolates() {
        return isolates;
    }

    public void isolate() throws Exception {
        called("isolate");
    }

    public void requireBucket() throws Exception {
        called("requireBucket");
    }

    public void takePage(Exchange exchange) throws Exception {
        called("takePage");
    }

    public void recordMissing(Exchange exchange) throws Exception {
        called("recordMissing");
        exchange.getMessage().setBody(files);
    }

    public void download(Exchange exchange) throws Exception {
        called("download", exchange);
    }

    public void check(Exchange exchange) throws Exception {
        called("check", exchange);
    }

    public boolean isLarge() {
        return large;
    }

    public void putInParts(Exchange exchange) throws Exception {
        called("putInParts", exchange);
    }

    public void adopt(Exchange exchange) throws Exception {
        called("adopt", exchange);
    }

    public void readBack(Exchange exchange) throws Exception {
        headersAtReadBack.putAll(exchange.getMessage().getHeaders());
        called("readBack", exchange);
    }

    public void recordArchived(Exchange exchange) throws Exception {
        called("recordArchived", exchange);
    }

    public void recordSetback(Exchange exchange) throws Exception {
        called("recordSetback", exchange);
    }

    public void keepFailure(Exchange exchange) {
        calls.add("keepFailure");
        kept.set(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
    }

    public void discard(Exchange exchange) {
        calls.add("discard " + exchange.getVariable("file", File.class).number());
    }

    public void endBatch() throws Exception {
        called("endBatch");
        if (kept.get() != null) {
            throw kept.get();
        }
    }

    public void close() throws Exception {
        called("close");
    }

    public void failed(Exchange exchange) {
        calls.add("failed");
        told.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
    }

    void pageRead() throws Exception {
        called("read-page");
    }
}

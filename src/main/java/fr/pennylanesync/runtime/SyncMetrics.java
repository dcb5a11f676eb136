package fr.pennylanesync.runtime;

import fr.pennylanesync.archive.FileProgress;
import fr.pennylanesync.landing.LandingMeter;
import fr.pennylanesync.stream.PassKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what this process landed and archived. */
final class SyncMetrics implements LandingMeter {

    private static final String LANDED = "pennylane_sync_records_landed_total";

    private static final String ALTERED = "pennylane_sync_rows_altered_total";

    private final MeterRegistry meters;
    private final Counter mismatches;

    SyncMetrics(MeterRegistry meters, FileProgress files) {
        this.meters = meters;
        this.mismatches = Counter.builder("pennylane_sync_batch_mismatch_total")
                .description("Batches that did not read back as they were written, and were rolled back")
                .register(meters);
        FunctionCounter
                .builder("pennylane_sync_files_archived_total", files,
                        progress -> progress.all().stream().mapToLong(FileProgress.StreamFileCounts::archived).sum())
                .description("Contents stored in the archive, or found there").register(meters);
    }

    @Override
    public void landed(long companyId, String stream, PassKind pass, int records) {
        Counter.builder(LANDED).description("Records of batches that are landed")
                .tag("company", Long.toString(companyId)).tag("stream", stream)
                .tag("pass", pass.label()).register(meters).increment(records);
    }

    @Override
    public void altered(long companyId, String stream, int rows) {
        Counter.builder(ALTERED)
                .description("Rows that somebody else had changed, found by a landing and written again")
                .tag("company", Long.toString(companyId)).tag("stream", stream).register(meters).increment(rows);
    }

    @Override
    public void mismatched() {
        mismatches.increment();
    }
}

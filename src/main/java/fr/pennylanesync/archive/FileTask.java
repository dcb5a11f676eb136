package fr.pennylanesync.archive;

import fr.pennylanesync.archive.DownloadOutcome.Fetched;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One file with the fresh URL to fetch it from. The URL is in memory, here and nowhere else, for less than a minute. */
public final class FileTask {

    /** A URL is used within a minute of its issue; what was issued is known to us a moment later. */
    static final Duration URL_AGE_MAX = Duration.ofSeconds(45);

    private final PendingFile pending;
    private final Optional<URI> url;
    private final int year;
    private final long issuedNanos;
    private Optional<DownloadOutcome> outcome = Optional.empty();

    FileTask(PendingFile pending, String url, int year, long issuedNanos) {
        this.pending = pending;
        this.url = parse(url);
        this.year = year;
        this.issuedNanos = issuedNanos;
    }

    private static Optional<URI> parse(String url) {
        try {
            return Optional.of(URI.create(url));
        } catch (IllegalArgumentException noUrl) {
            return Optional.empty();
        }
    }

    public PendingFile pending() {
        return pending;
    }

    /**
     * Fetches the file, unless its URL has grown too old: then its turn comes again with a fresh one. What arrives damaged is fetched a
     * second time from the same URL: that costs no request of the company's budget.
     */
    public void download(FileDownload download) {
        DownloadOutcome first = isTooOld() ? new DownloadOutcome.Stale(DownloadCode.URL_TOO_OLD) : fetch(download);
        boolean again = first instanceof DownloadOutcome.Damaged && !isTooOld();
        outcome = Optional.of(again ? fetch(download) : first);
    }

    private boolean isTooOld() {
        return System.nanoTime() - issuedNanos > URL_AGE_MAX.toNanos();
    }

    private DownloadOutcome fetch(FileDownload download) {
        return url.map(address -> download.fetch(address, pending.name())).orElse(new DownloadOutcome.Refused(DownloadCode.URL_UNSAFE));
    }

    public boolean isFetched() {
        return outcome.filter(Fetched.class::isInstance).isPresent();
    }

    /** Names the file and its content for the idempotent repository. */
    public String getContentKey() {
        return pending.key().withContent(fetched().hash());
    }

    /** @param prefix of the archive's keys */
    public Upload upload(String prefix) {
        FileKey key = pending.key();
        Map<String, String> metadata = new TreeMap<>();
        metadata.put("company", Long.toString(key.companyId()));
        metadata.put("record", Long.toString(key.recordId()));
        if (key.parentId() != 0) {
            metadata.put("parent", Long.toString(key.parentId()));
        }
        return new Upload(objectKey(prefix), fetched().file(), fetched().size(), fetched().contentType(), metadata);
    }

    private ObjectKey objectKey(String prefix) {
        FileKey key = pending.key();
        return new ObjectKey(prefix, key.companyId(), key.stream(), year, key.recordId(), fetched().hash(), fetched().extension());
    }

    /**
     * Writes the outcome, in the caller's transaction. Of a URL that was too old to be used nothing is written: it was our own delay.
     *
     * @return empty where there was no attempt
     */
    public Optional<FileResult> record(PendingFiles files, String prefix) {
        if (isFetched()) {
            return Optional.of(files.archived(pending,
                    new Archived(objectKey(prefix), fetched().size(), fetched().contentType(), fetched().strict())));
        }
        return outcome.filter(ended -> ended.failure().filter(code -> code != DownloadCode.URL_TOO_OLD).isPresent())
                .map(ended -> files.setBack(pending, Setback.of(ended)));
    }

    long size() {
        return isFetched() ? fetched().size() : 0;
    }

    /** Deletes the temporary file, if there is one. */
    public void discard() {
        if (isFetched()) {
            fetched().discard();
        }
    }

    private Fetched fetched() {
        return (Fetched) outcome.orElseThrow();
    }

    /** Without the URL. */
    @Override
    public String toString() {
        return "FileTask[" + pending.id() + "]";
    }
}

package fr.pennylanesync.archive;

import fr.pennylanesync.archive.download.ContentCheck;
import fr.pennylanesync.archive.download.DownloadCode;
import fr.pennylanesync.archive.download.DownloadOutcome;
import fr.pennylanesync.archive.download.DownloadOutcome.Fetched;
import fr.pennylanesync.archive.download.FileDownload;
import fr.pennylanesync.archive.s3.ObjectKey;
import fr.pennylanesync.archive.s3.Upload;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One file with the fresh URL to fetch it from. The URL is in memory, here and nowhere else, for less than a minute.
 */
public final class FileTask {

    /** A URL is used within a minute of its issue; what was issued is known to us a moment later. */
    static final Duration URL_AGE_MAX = Duration.ofSeconds(45);

    private static final int FETCHES_MAX = 2;

    private final PendingFile pending;
    private final Optional<URI> url;
    private final int year;
    private final long issuedNanos;
    private final String prefix;
    private int fetches;
    private boolean created = true;
    private Optional<DownloadOutcome> outcome = Optional.empty();

    /** @param prefix of the archive's keys */
    FileTask(PendingFile pending, String url, int year, long issuedNanos, String prefix) {
        this.pending = pending;
        this.url = parse(url);
        this.year = year;
        this.issuedNanos = issuedNanos;
        this.prefix = prefix;
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

    /** Downloads the file, unless its URL has grown too old: then its turn comes again with a fresh one. */
    public void download(FileDownload download) {
        outcome = Optional.of(isTooOld() ? new DownloadOutcome.Stale(DownloadCode.URL_TOO_OLD)
                : again(download, fetch(download)));
    }

    /** Looks at what was downloaded: whether it is whole, and of the type that its name promises. */
    public void check(FileDownload download, ContentCheck contents) {
        outcome = outcome.map(received -> {
            DownloadOutcome checked = check(contents, received);
            return checked == received ? received : check(contents, again(download, checked));
        });
    }

    private DownloadOutcome check(ContentCheck contents, DownloadOutcome ended) {
        return ended instanceof DownloadOutcome.Received file ? contents.check(file, pending.name()) : ended;
    }

    /**
     * Fetches what arrived damaged a second time from the same URL, while that is young: it costs no request of the
     * company's budget.
     */
    private DownloadOutcome again(FileDownload download, DownloadOutcome first) {
        boolean worthwhile = first instanceof DownloadOutcome.Damaged && fetches < FETCHES_MAX && !isTooOld();
        return worthwhile ? fetch(download) : first;
    }

    private boolean isTooOld() {
        return System.nanoTime() - issuedNanos > URL_AGE_MAX.toNanos();
    }

    private DownloadOutcome fetch(FileDownload download) {
        fetches++;
        return url.map(download::fetch).orElse(new DownloadOutcome.DownloadRefused(DownloadCode.URL_UNSAFE));
    }

    public boolean isFetched() {
        return outcome.filter(Fetched.class::isInstance).isPresent();
    }

    /** Names the file and its content for the idempotent repository. */
    public String getContentKey() {
        return pending.key().withContent(fetched().hash());
    }

    /** The file as an object of the archive. */
    public Upload getUpload() {
        FileKey key = pending.key();
        Map<String, String> metadata = new TreeMap<>();
        metadata.put("company", Long.toString(key.companyId()));
        metadata.put("record", Long.toString(key.recordId()));
        if (key.parentId() != 0) {
            metadata.put("parent", Long.toString(key.parentId()));
        }
        return new Upload(objectKey(), fetched().file(), fetched().size(), fetched().contentType(), metadata);
    }

    private ObjectKey objectKey() {
        FileKey key = pending.key();
        return new ObjectKey(prefix, key.companyId(), key.stream(), year, key.recordId(), fetched().hash(),
                fetched().extension());
    }

    /** Remembers that the bucket held an object under the key before: it is adopted if it reads back right. */
    public void adopt() {
        created = false;
    }

    /** Tells whether this attempt made the object, as far as is known. */
    public boolean isCreated() {
        return created;
    }

    /** Writes that the content lies in the archive, in the caller's transaction. */
    public FileResult recordArchived(PendingFiles files) {
        return files.archived(pending,
                new Archived(objectKey(), fetched().size(), fetched().contentType(), fetched().strict()));
    }

    /**
     * Writes why there is no file, in the caller's transaction. Nothing is written of a URL that was too old to be
     * used: it was our own delay.
     *
     * @return empty where there was no attempt
     */
    public Optional<FileResult> recordSetback(PendingFiles files) {
        return outcome.filter(ended -> ended.failure().filter(code -> code != DownloadCode.URL_TOO_OLD).isPresent())
                .map(ended -> files.setBack(pending, FailedAttempt.of(ended)));
    }

    long size() {
        return isFetched() ? fetched().size() : 0;
    }

    /** Deletes the temporary file, if there is one. */
    public void discard() {
        outcome.ifPresent(DownloadOutcome::discard);
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

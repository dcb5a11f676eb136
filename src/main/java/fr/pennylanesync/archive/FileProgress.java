package fr.pennylanesync.archive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the archive has done since the start of the process, per company and stream: for the terminal, the exit code and metrics. */
public final class FileProgress {

    private record Key(long companyId, String stream) {}

    /**
     * One stream's figures.
     *
     * @param archived contents stored or adopted
     * @param unchanged downloads that brought a content that was archived before
     * @param setBacks attempts that brought nothing
     * @param requests API requests spent
     * @param stoppedBy code of what stopped the stream's archive last
     */
    public record StreamFiles(long companyId, String stream, long archived, long unchanged, long setBacks, long bytes, long requests,
            Optional<String> stoppedBy) {

        private StreamFiles plus(StreamFiles other) {
            return new StreamFiles(companyId, stream, archived + other.archived, unchanged + other.unchanged, setBacks + other.setBacks,
                    bytes + other.bytes, requests + other.requests, other.stoppedBy);
        }
    }

    private final Map<Key, StreamFiles> streams = new ConcurrentHashMap<>();

    /** @param isNew whether an archived content is new for its file */
    public void ended(FileTask task, boolean isNew) {
        FileKey key = task.pending().key();
        boolean fetched = task.isFetched();
        add(new StreamFiles(key.companyId(), key.stream(), fetched && isNew ? 1 : 0, fetched && !isNew ? 1 : 0, fetched ? 0 : 1,
                task.size(), 0, Optional.empty()));
    }

    public void withoutUrl(FilePass pass, int files) {
        add(new StreamFiles(pass.companyId(), pass.stream().name(), 0, 0, files, 0, 0, Optional.empty()));
    }

    public void passEnded(FilePass pass) {
        add(new StreamFiles(pass.companyId(), pass.stream().name(), 0, 0, 0, 0, pass.requests(), Optional.empty()));
    }

    public void stopped(long companyId, String stream, String code) {
        add(new StreamFiles(companyId, stream, 0, 0, 0, 0, 0, Optional.of(code)));
    }

    private void add(StreamFiles more) {
        streams.merge(new Key(more.companyId(), more.stream()), more, StreamFiles::plus);
    }

    public List<StreamFiles> all() {
        List<StreamFiles> all = new ArrayList<>(streams.values());
        all.sort(Comparator.comparingLong(StreamFiles::companyId).thenComparing(StreamFiles::stream));
        return all;
    }
}

package fr.pennylanesync.archive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps what the archive has done since the start of the process, per company and stream: for the terminal, the exit
 * code and metrics.
 */
public final class FileProgress {

    private record FileProgressKey(long companyId, String stream) {}

    /**
     * One stream's figures.
     *
     * @param archived contents stored or adopted
     * @param unchanged downloads that brought a content that was archived before
     * @param setBacks attempts that brought nothing
     * @param setAside files that are not tried any more
     * @param requests API requests spent
     * @param stoppedBy code of what stopped the stream's archive last
     */
    public record StreamFileCounts(long companyId, String stream, long archived, long unchanged, long setBacks,
            long setAside, long bytes, long requests,
            Optional<String> stoppedBy) {

        private StreamFileCounts plus(StreamFileCounts other) {
            return new StreamFileCounts(companyId, stream, archived + other.archived, unchanged + other.unchanged,
                    setBacks + other.setBacks,
                    setAside + other.setAside, bytes + other.bytes, requests + other.requests, other.stoppedBy);
        }
    }

    private final Map<FileProgressKey, StreamFileCounts> streams = new ConcurrentHashMap<>();

    public void ended(FileTask task, FileResult result) {
        FileKey key = task.pending().key();
        boolean setAside = result == FileResult.SET_ASIDE;
        add(new StreamFileCounts(key.companyId(), key.stream(), one(result == FileResult.ARCHIVED),
                one(result == FileResult.UNCHANGED),
                one(setAside || result == FileResult.SET_BACK), one(setAside), task.size(), 0, Optional.empty()));
    }

    private static long one(boolean counts) {
        return counts ? 1 : 0;
    }

    public void withoutUrl(FilePass pass, int files) {
        add(new StreamFileCounts(pass.companyId(), pass.stream().name(), 0, 0, files, 0, 0, 0, Optional.empty()));
    }

    public void passEnded(FilePass pass) {
        add(new StreamFileCounts(pass.companyId(), pass.stream().name(), 0, 0, 0, 0, 0, pass.requests(),
                Optional.empty()));
    }

    public void stopped(long companyId, String stream, String code) {
        add(new StreamFileCounts(companyId, stream, 0, 0, 0, 0, 0, 0, Optional.of(code)));
    }

    private void add(StreamFileCounts more) {
        streams.merge(new FileProgressKey(more.companyId(), more.stream()), more, StreamFileCounts::plus);
    }

    public List<StreamFileCounts> all() {
        List<StreamFileCounts> all = new ArrayList<>(streams.values());
        all.sort(Comparator.comparingLong(StreamFileCounts::companyId).thenComparing(StreamFileCounts::stream));
        return all;
    }
}

package fr.pennylanesync.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.api.budget.Priority;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.error.FailureFacts;
import fr.pennylanesync.api.page.Condition;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.api.page.PageTrail;
import fr.pennylanesync.api.page.PageVerdict;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.record.RecordMapper;
import fr.pennylanesync.pass.AnswerFaults;
import fr.pennylanesync.pass.PagedRead;
import fr.pennylanesync.pass.RecordKeys;
import fr.pennylanesync.pass.SubListReader;
import fr.pennylanesync.stream.FileField;
import fr.pennylanesync.stream.StreamDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Fetches the pending files of one stream of one company, batch by batch: reads their records again, all in one request
 * or each parent's sub-list in one, and hands out a task for each fresh URL. What is not recorded comes again, so a
 * batch can be given up at any time.
 */
public final class FilePass extends FileBatch implements PagedRead {

    /** Each needs a request of its own, and the URLs of the first are in use when the last has come. */
    private static final int PARENTS_PER_BATCH = 10;

    /** No record has this id: a server that is there answers that it knows none, or not this parent. */
    private static final long NOBODY = 0;

    private record RecordKey(long parentId, long recordId) {}

    private final long companyId;
    private final StreamDefinition stream;
    private final PendingFiles files;
    private final String prefix;
    private final AdaptiveBatchSize size = new AdaptiveBatchSize();
    private final Map<RecordKey, ObjectNode> records = new HashMap<>();
    private final Map<RecordKey, Long> readNanos = new HashMap<>();
    private final SubListReader reader;
    private final RecordKeys keys;
    private List<PendingFile> taken = List.of();
    private boolean listed;
    private boolean shortBefore;
    /** Bounds the records of a batch while the one is looked for whose answer fails. */
    private int recordsMax = Condition.LARGEST_LIST;
    /** The failure that repeats: the server is asked for nothing before a record is blamed for it. */
    private Optional<SyncException> repeated = Optional.empty();
    private int setBack;
    private int requests;
    private int batches;

    /**
     * @param prefix of the archive's keys
     * @throws IllegalArgumentException if the records of the stream cannot be asked for by their ids
     */
    public FilePass(long companyId, StreamDefinition stream, PendingFiles files, String prefix) {
        if (!isListed(stream) && !stream.reading().selectableById()) {
            throw new IllegalArgumentException(
                    "the records of " + stream.name() + " cannot be asked for by id: it can have no files");
        }
        this.companyId = companyId;
        this.stream = stream;
        this.files = files;
        this.prefix = prefix;
        this.reader = new SubListReader(stream);
        this.keys = new RecordKeys(stream);
        restartBatch();
    }

    /** Tells whether its records come with a whole list: a parent's, or their own where they have no ids. */
    private static boolean isListed(StreamDefinition stream) {
        return stream.isChild() || stream.isKeyed();
    }

    @Override
    public void restartBatch() {
        // A request is for records: all the files of a record come with one.
        int most = Math.min(size.records(), recordsMax);
        List<PendingFile> due = files.due(companyId, stream.name(), most * stream.files().size());
        Set<Long> parents = due.stream().map(file -> file.key().parentId()).distinct().limit(PARENTS_PER_BATCH)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<RecordKey> first =
                due.stream().filter(file -> parents.contains(file.key().parentId())).map(FilePass::key).distinct()
                        .limit(most).collect(Collectors.toSet());
        taken = due.stream().filter(file -> first.contains(key(file))).toList();
        reader.begin(isListed(stream) ? parents : Set.of());
        keys.restart();
        records.clear();
        readNanos.clear();
        listed = false;
        repeated = Optional.empty();
        mend();
    }

    public StreamDefinition stream() {
        return stream;
    }

    @Override
    public long companyId() {
        return companyId;
    }

    @Override
    public Priority priority() {
        return Priority.FILES;
    }

    public boolean isUnfinished() {
        return !taken.isEmpty();
    }

    @Override
    public PageRequest request() {
        if (!isListed(stream)) {
            Set<Long> ids = new LinkedHashSet<>();
            taken.forEach(file -> ids.add(file.key().recordId()));
            return PageRequest.of(stream.path(), Condition.LARGEST_LIST).sortedBy("id")
                    .where(Condition.in("id", repeated.isPresent() ? List.of(NOBODY) : ids));
        }
        return repeated.isPresent() ? PageRequest.of(stream.pathOf(NOBODY), stream.pageSizeMax()) : reader.request();
    }

    /**
     * Tells whether a failure that repeats may be the fault of one record: then it is looked for, and the files of the
     * others do not wait for it. A list without ids is only read as a whole.
     */
    public boolean isolates(SyncException failure) {
        return repeated.isEmpty() && !listed && !taken.isEmpty() && !stream.isKeyed()
                && setBack < AnswerFaults.PER_PASS_MAX
                && (AnswerFaults.isOfAnswer(failure) || AnswerFaults.isOfRow(failure));
    }

    /** Takes a failure that repeats. It counts where the server answers the next question, which is for nothing. */
    public void isolate(SyncException failure) {
        repeated = Optional.of(failure);
        shortBefore = false;
    }

    /** Halves what is asked for until one record is left, or takes the parent: its files go behind all others. */
    private void blame() {
        FailedAttempt attempt = FailedAttempt.unread(repeated.orElseThrow());
        repeated = Optional.empty();
        long asked = taken.stream().map(FilePass::key).distinct().count();
        if (!stream.isChild() && asked > 1) {
            recordsMax = (int) (asked / 2);
            restartBatch();
            return;
        }
        long parent = stream.isChild() ? reader.parent() : 0;
        Map<Boolean, List<PendingFile>> faulty =
                taken.stream().collect(Collectors.partitioningBy(file -> file.key().parentId() == parent));
        faulty.get(true).forEach(file -> files.setBack(file, attempt));
        setBack++;
        taken = faulty.get(false);
        if (taken.isEmpty()) {
            restartBatch();
        } else {
            reader.leaveParent();
            listed = reader.isDone();
        }
    }

    /**
     * Takes the answer to {@link #request}.
     *
     * @throws SyncException if the page cannot be trusted: it is then to be read again
     */
    public void offer(Page received) {
        requests++;
        if (repeated.isPresent()) {
            blame();
            return;
        }
        Page page = keys.identified(received);
        PageVerdict verdict = isListed(stream) ? reader.check(page) : new PageTrail().check(request(), page);
        if (verdict == PageVerdict.SHORT && !shortBefore) {
            shortBefore = true;
            throw FailureFacts.at(request().path()).failure(ApiErrorCode.SHORT_PAGE);
        }
        shortBefore = false;
        long parentId = isListed(stream) ? reader.parent() : 0;
        for (ObjectNode item : page.items()) {
            RecordKey key = new RecordKey(parentId, item.path("id").longValue());
            records.put(key, item);
            readNanos.put(key, System.nanoTime());
        }
        if (isListed(stream)) {
            keys.advance();
            reader.advance(page);
        } else if (page.hasMore()) {
            leaveBehind(page);
        }
        listed = reader.isDone();
    }

    /** Records behind the last one of a page that is not the last page were not answered: they come again. */
    private void leaveBehind(Page page) {
        long last = page.lastId();
        taken = taken.stream().filter(file -> file.key().recordId() <= last).toList();
    }

    /** A parent that is gone has no files any more, nor has a list that the company is without. */
    @Override
    public boolean tolerates(SyncException failure) {
        requests++;
        if (repeated.isPresent() && failure.code() == ApiErrorCode.NOT_FOUND) {
            blame();
            return true;
        }
        boolean listGone = (stream.isChild() || stream.optional()) && failure.code() == ApiErrorCode.NOT_FOUND;
        if (listGone) {
            reader.leaveParent();
            listed = reader.isDone();
        }
        return listGone;
    }

    @Override
    public boolean isBatchReady() {
        return listed;
    }

    /** The files whose records came back with a URL. */
    public List<FileTask> tasks() {
        List<FileTask> tasks = new ArrayList<>();
        for (PendingFile file : taken) {
            url(file).ifPresent(url -> tasks.add(
                    new FileTask(file, url, year(record(file).orElseThrow()), readNanos.get(key(file)), prefix)));
        }
        return tasks;
    }

    /** The files for which there was none. */
    public Map<PendingFile, FailedAttempt> withoutUrl() {
        Map<PendingFile, FailedAttempt> missing = new LinkedHashMap<>();
        taken.stream().filter(file -> url(file).isEmpty())
                .forEach(file -> missing.put(file,
                        record(file).isPresent() ? FailedAttempt.NO_URL : FailedAttempt.RECORD_ABSENT));
        return missing;
    }

    private Optional<String> url(PendingFile file) {
        return record(file).flatMap(record -> stream.files().stream()
                .filter(field -> field.name().equals(file.key().field())).findFirst()
                .map(FileField::path).map(path -> RecordMapper.at(record, path)).filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(text -> !text.isBlank()));
    }

    private Optional<ObjectNode> record(PendingFile file) {
        return Optional.ofNullable(records.get(key(file)));
    }

    private static RecordKey key(PendingFile file) {
        return new RecordKey(file.key().parentId(), file.key().recordId());
    }

    /** Year of the record's date, 0 where it has none. */
    private int year(ObjectNode record) {
        return stream.recordDate().map(path -> RecordMapper.at(record, List.of(path.split("\\."))).asText(""))
                .filter(date -> date.matches("\\d{4}-.*")).map(date -> Integer.parseInt(date.substring(0, 4)))
                .orElse(0);
    }

    /**
     * The batch has ended: the next one is taken.
     *
     * @throws Exception what {@link #keepFailure} was given; the batch is then to be begun again
     */
    public void batchEnded() throws Exception {
        requireWhole();
        long first = readNanos.values().stream().mapToLong(Long::longValue).min().orElse(System.nanoTime());
        size.measured(records.size(), Duration.ofNanos(System.nanoTime() - first));
        batches++;
        recordsMax = Math.min(recordsMax * 2, Condition.LARGEST_LIST);
        restartBatch();
    }

    /** API requests made so far. */
    public int requests() {
        return requests;
    }

    public int batches() {
        return batches;
    }
}

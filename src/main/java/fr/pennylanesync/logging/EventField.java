package fr.pennylanesync.logging;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The fields of all events. One name has one meaning wherever it is logged, so that a log can be searched by it. */
enum EventField {
    ADDED(FieldKind.COUNT, "files that a change of the routes added"),
    ADOPTED(FieldKind.FLAG, "whether the server was running before and was taken over"),
    AFTER_S(FieldKind.DURATION, "how long was waited"),
    AGAIN(FieldKind.COUNT, "sub-lists that are read although something else told of them"),
    AGREEING(FieldKind.COUNT,
            "sampled rows that data sharing and API have alike, or records that keep a rule of the books again"),
    AHEAD_S(FieldKind.DURATION, "how far ahead of what time it can be at the most"),
    ALARM(FieldKind.ID, "the alarm in `pennylane_sync.alarm`"),
    ALIAS(FieldKind.NAME, "the operator's name of a company, by that of its token file"),
    API_AHEAD_S(FieldKind.DURATION,
            "how far the API's clock is ahead of this machine's, 0 where its answers have no date"),
    ATTEMPT(FieldKind.COUNT, "how often it was tried in a row"),
    BATCH(FieldKind.ID, "the batch in `pennylane_sync.batch`"),
    BATCHES(FieldKind.COUNT, "batches of files, or of the ledger"),
    BY(FieldKind.CODE, "who caused it"),
    CHANGED(FieldKind.COUNT, "rows, or files of the routes, that differ from before"),
    CODE(FieldKind.CODE, "the [error code](../OPERATING.md#error-codes)"),
    COLUMN(FieldKind.NAME, "a column of a table"),
    COLUMNS(FieldKind.NAME, "columns of a table of the data sharing"),
    COMPANIES(FieldKind.COUNT, "companies concerned"),
    COMPANY(FieldKind.ID, "Pennylane's id of the company"),
    DATABASE_AHEAD_S(FieldKind.DURATION, "how far the database's clock is ahead of this machine's"),
    DELETED(FieldKind.COUNT, "rows that got their `deleted_at`"),
    DIED(FieldKind.FLAG, "whether the node before did not give the company back"),
    DIFFERING(FieldKind.COUNT, "records, or places in the warehouse, that are not as they have to be"),
    DIRECTORY(FieldKind.NAME, "a directory of this machine"),
    DURATION_MS(FieldKind.DURATION, "how long it took"),
    EMBEDDED(FieldKind.FLAG, "whether it is the embedded server"),
    ENDED_ALARMS(FieldKind.COUNT, "old alarms that were removed"),
    EQUAL(FieldKind.FLAG, "whether both digests are the same"),
    EXCEPTION(FieldKind.CODE, "the class of the exception"),
    EXPIRES_ON(FieldKind.DATE, "the last day of a token, or `unknown`"),
    FIELD(FieldKind.NAME, "a field of a stream's records"),
    FILE(FieldKind.NAME, "a file of the routes"),
    FILE_NAMES(FieldKind.COUNT, "names of files that were changed or taken away"),
    FINISHED(FieldKind.FLAG, "whether nothing was left to do"),
    FOUND(FieldKind.COUNT, "sampled rows whose id the API knows"),
    FROM(FieldKind.NAME, "the node that read the company before"),
    GONE(FieldKind.COUNT, "files that a change of the routes removed"),
    HERE(FieldKind.COUNT, "rows that were landed or set aside"),
    IDS(FieldKind.NAME, "the records that are meant, the first twenty of them"),
    IN_USE(FieldKind.NAME, "the directory that is used"),
    JOB(FieldKind.NAME, "a job of `routes/jobs`"),
    KEPT(FieldKind.COUNT, "files that stay although their time is over"),
    KIND(FieldKind.CODE,
            "what kind of thing is [set aside](../OPERATING.md#quarantine), or what an"
                    + " [audit](../OPERATING.md#audits) compares with"),
    LEAP_S(FieldKind.DURATION, "how far the clock leapt, below 0 where it went back"),
    LINE(FieldKind.ID, "a line of the file, 0 where the whole file is meant"),
    MESSAGE(FieldKind.TEXT, "what happened and what to do, without any data"),
    MIGRATIONS(FieldKind.COUNT, "migrations of the schema that were applied"),
    OTHERS(FieldKind.COUNT, "how many more there are that are not named"),
    OUTCOME(FieldKind.CODE, "how the pass ended"),
    PARENT(FieldKind.ID, "the record that owns a sub-list, 0 where there is none"),
    PART(FieldKind.NAME, "what an audit compared, such as a rule or a month"),
    PARTS(FieldKind.COUNT, "parts that an audit compared, or could not"),
    PARTITION(FieldKind.NAME, "months of a table of the data sharing"),
    PASS(FieldKind.NAME, "the kind of pass"),
    PATH(FieldKind.NAME, "a page of the console"),
    POLICY(FieldKind.NAME, "a file of `routes/policies`"),
    PORT(FieldKind.ID, "a port of this machine"),
    PROOF(FieldKind.CODE, "by what a [sub-list](../OPERATING.md#sub-lists-without-asking) is known without a request"),
    REASON(FieldKind.TEXT, "what is wrong, in ids, counts and codes"),
    RECORD(FieldKind.ID, "the record's id, 0 where a whole sub-list, list or batch is meant"),
    RECORDS(FieldKind.COUNT, "records that were landed"),
    REMEDY(FieldKind.TEXT, "what to do"),
    REMOVED(FieldKind.COUNT, "files that left the archive"),
    REQUESTS(FieldKind.COUNT, "requests to Pennylane"),
    RESOLVED_CASES(FieldKind.COUNT, "old entries of the quarantine that were removed"),
    RESTARTS(FieldKind.COUNT, "how often this process had started the server again before"),
    REST_MS(FieldKind.DURATION, "how long the company's budget rests"),
    ROOT(FieldKind.HASH, "the Merkle root of a digest document"),
    ROWS(FieldKind.COUNT, "rows of the partition, or of a stream's table"),
    RULE(FieldKind.TEXT, "the rule of `lint` that is broken"),
    SAMPLED(FieldKind.COUNT, "rows that were compared"),
    SCOPE(FieldKind.NAME, "the scope that the token lacks"),
    SCOPES(FieldKind.COUNT, "scopes of the token"),
    SECONDS(FieldKind.DURATION, "how long the token is valid"),
    SEEN_EVENTS(FieldKind.COUNT, "old events of changelogs that were removed"),
    SEQUENCE(FieldKind.ID, "the number of a digest document"),
    SET_ASIDE(FieldKind.COUNT, "entries of the quarantine of which something was taken away"),
    SIGNAL(FieldKind.CODE, "the name of the signal"),
    SQLSTATE(FieldKind.CODE, "the SQLSTATE of the database"),
    STOPPED(FieldKind.FLAG, "whether the server was stopped, because nobody else uses it"),
    STREAM(FieldKind.NAME, "the stream"),
    STREAMS(FieldKind.COUNT, "streams"),
    TABLE(FieldKind.NAME, "a table of the warehouse or of the data sharing"),
    THERE(FieldKind.COUNT, "rows as the data sharing counts them"),
    TREE(FieldKind.HASH, "the hash of all route files, the same on every node that has the same files"),
    TRIGGER(FieldKind.NAME, "the trigger of the company's job"),
    UNSEEN(FieldKind.COUNT, "rows that the sweep did not find at Pennylane"),
    USABLE(FieldKind.FLAG, "whether the token before is still valid"),
    VERDICT(FieldKind.CODE, "`SAME` or `APART`: whether ids mean the same in the data sharing and in the API"),
    VERSIONS(FieldKind.COUNT, "replaced versions of records"),
    VIEW(FieldKind.NAME, "a view of the warehouse"),
    WORK(FieldKind.CODE, "`sync` or `archive`");

    private static final Map<String, EventField> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(EventField::fieldName, Function.identity()));

    private final FieldKind kind;
    private final String meaning;

    EventField(FieldKind kind, String meaning) {
        this.kind = kind;
        this.meaning = meaning;
    }

    /** Finds a field by its name in the log. */
    static Optional<EventField> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The name of the field in the log. */
    String fieldName() {
        return name().toLowerCase(Locale.ROOT);
    }

    FieldKind kind() {
        return kind;
    }

    String meaning() {
        return meaning;
    }
}

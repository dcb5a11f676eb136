package fr.pennylanesync.stream;

import fr.pennylanesync.personal.PersonalData;
import fr.pennylanesync.personal.PersonalField;
import fr.pennylanesync.personal.PrivacyRules;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The facts of one stream, as its file in {@code routes/streams/} declares them.
 *
 * @param name the stream's name, also its table's, its route's and its file's
 * @param description one sentence for people
 * @param path the API path; a child's holds {@code {parent}} where the parent's id goes
 * @param scope the domain of the scope that reads it ({@code customers} for {@code customers:readonly}), or several of
 * which one is enough, with {@value #OR} between them; empty if none is needed
 * @param reading how the list is read completely and resumed
 * @param sorted whether the endpoint accepts {@code sort=id}
 * @param pageSizeMax the largest {@code limit} that the endpoint accepts
 * @param parent for a child stream: the stream whose records own these
 * @param include for a child stream: the value of the parent's {@code include} parameter that brings these rows along
 * @param changelog the feed below {@code /changelogs/} that tells of changes
 * @param alsoChangedBy further feeds that touch single records, each with the path of the record's id in its events
 * @param refreshes streams without a feed of their own that change with these records, each with our column that names
 * the record
 * @param embeds streams whose records are copied in part into these, each with the path of their id in ours
 * @param recordDate path of the date that says which year a record belongs to
 * @param indexes the columns that have an index together with the company
 * @param share where its records stand in the data sharing
 * @param key the paths of the values that tell its records apart; none where they have ids
 * @param optional whether a company may be without the list
 * @param enabled whether it is read unless {@code streams.<name>.enabled} says otherwise
 * @param personal what of its records is personal, and what is done with it
 * @param evidence for a child stream: what tells of its sub-lists without a request
 * @param since for a child stream: the sub-lists of older records are left out; for one with files: the files of older
 * records are, by {@code streams.<name>.since}
 */
public record StreamDefinition(String name, String description, String path, Optional<String> scope,
        ReadStrategy reading, boolean sorted,
        int pageSizeMax, Optional<String> parent, Optional<String> include, Optional<String> changelog,
        Map<String, List<String>> alsoChangedBy, Map<String, String> refreshes, Map<String, List<String>> embeds,
        Optional<String> recordDate, boolean enabled,
        List<FileField> files, List<Column> columns, List<String> indexes, Optional<ShareTable> share,
        List<List<String>> key, boolean optional, PersonalData personal, Evidence evidence,
        Optional<LocalDate> since) {

    /** Begins the names of the streams that {@link #apart} makes. */
    public static final String APART = "share_";
    /** Stands between the scopes of which one is enough. */
    public static final String OR = " or ";

    public StreamDefinition {
        alsoChangedBy = Map.copyOf(alsoChangedBy);
        refreshes = Map.copyOf(refreshes);
        embeds = Map.copyOf(embeds);
        files = List.copyOf(files);
        columns = List.copyOf(columns);
        indexes = List.copyOf(indexes);
        key = List.copyOf(key);
        if (!Names.isSnakeCase(name)) {
            throw new IllegalArgumentException("stream name is not snake_case: " + name);
        }
        if (parent.isPresent() != (reading == ReadStrategy.CHILDREN)) {
            throw new IllegalArgumentException("a stream has a parent exactly when it is read as children: " + name);
        }
    }

    /** Makes a stream that is limited to no records. */
    public StreamDefinition(String name, String description, String path, Optional<String> scope,
            ReadStrategy reading, boolean sorted, int pageSizeMax, Optional<String> parent, Optional<String> include,
            Optional<String> changelog, Map<String, List<String>> alsoChangedBy, Map<String, String> refreshes,
            Map<String, List<String>> embeds, Optional<String> recordDate, boolean enabled, List<FileField> files,
            List<Column> columns, List<String> indexes, Optional<ShareTable> share, List<List<String>> key,
            boolean optional, PersonalData personal, Evidence evidence) {
        this(name, description, path, scope, reading, sorted, pageSizeMax, parent, include, changelog, alsoChangedBy,
                refreshes, embeds, recordDate, enabled, files, columns, indexes, share, key, optional, personal,
                evidence,
                Optional.empty());
    }

    /** Makes a stream that every company has and whose records have ids. */
    public StreamDefinition(String name, String description, String path, Optional<String> scope,
            ReadStrategy reading, boolean sorted, int pageSizeMax, Optional<String> parent, Optional<String> include,
            Optional<String> changelog, Map<String, List<String>> alsoChangedBy, Map<String, String> refreshes,
            Map<String, List<String>> embeds, Optional<String> recordDate, boolean enabled, List<FileField> files,
            List<Column> columns, Optional<ShareTable> share) {
        this(name, description, path, scope, reading, sorted, pageSizeMax, parent, include, changelog, alsoChangedBy,
                refreshes, embeds, recordDate, enabled, files, columns, List.of(), share, List.of(), false,
                PersonalData.NONE,
                Evidence.NONE);
    }

    /** Makes a stream of whose records nothing is declared to be personal. */
    public StreamDefinition(String name, String description, String path, Optional<String> scope,
            ReadStrategy reading, boolean sorted, int pageSizeMax, Optional<String> parent, Optional<String> include,
            Optional<String> changelog, Map<String, List<String>> alsoChangedBy, Map<String, String> refreshes,
            Map<String, List<String>> embeds, Optional<String> recordDate, boolean enabled, List<FileField> files,
            List<Column> columns, Optional<ShareTable> share, List<List<String>> key, boolean optional) {
        this(name, description, path, scope, reading, sorted, pageSizeMax, parent, include, changelog, alsoChangedBy,
                refreshes, embeds, recordDate, enabled, files, columns, List.of(), share, key, optional,
                PersonalData.NONE,
                Evidence.NONE);
    }

    /** Returns the domains of the scopes of which one is enough; none if none is needed. */
    public List<String> scopes() {
        return scope.map(domains -> List.of(domains.split(OR))).orElse(List.of());
    }

    /** Tells whether a token may read it, by what it says of single scopes. */
    public boolean isReadableWith(Predicate<String> allowed) {
        return scope.isEmpty() || scopes().stream().anyMatch(allowed);
    }

    /** Tells whether the API gives its records no id, so that theirs is made of their {@link #key}. */
    public boolean isKeyed() {
        return !key.isEmpty();
    }

    /**
     * The feeds that name these records, each with the path of the record's id. The record's own has the last word: it
     * knows deletions.
     */
    public Map<String, List<String>> feeds() {
        Map<String, List<String>> feeds = new LinkedHashMap<>(alsoChangedBy);
        changelog.ifPresent(feed -> feeds.put(feed, List.of("id")));
        return feeds;
    }

    /** Tells whether the stream's rows are those of the data sharing, wherever that shows the company. */
    public boolean isShareOnly() {
        return reading == ReadStrategy.SHARE || reading == ReadStrategy.FISCAL_YEARS;
    }

    /** Tells whether the API has the stream for a company that the data sharing does not show. */
    public boolean isListed() {
        return reading != ReadStrategy.SHARE;
    }

    /** Tells whether {@link #apart} made it of another stream. */
    public boolean isApart() {
        return name.startsWith(APART);
    }

    /**
     * The share's table as a stream of its own, named {@code share_<table>}: for a company whose records bear other ids
     * there than in the API.
     */
    public StreamDefinition apart() {
        ShareTable table = share.orElseThrow();
        return new StreamDefinition(APART + table.name(),
                "The data sharing's " + table.name() + ", kept apart: its ids are not the API's.",
                "", Optional.empty(), ReadStrategy.SHARE, false, pageSizeMax, Optional.empty(), Optional.empty(),
                Optional.empty(), Map.of(),
                Map.of(), Map.of(), table.period(), true, List.of(), table.columns().stream()
                        .map(this::columnApart).toList(),
                List.of(),
                Optional.of(new ShareTable(table.table(), table.key(), table.period(), table.updated(), table.columns()
                        .stream()
                        .map(column -> new ShareColumn(column.name(), column.type(), Optional.of(column.name()),
                                column.rule()))
                        .toList())),
                List.of(), false, personalApart(table), Evidence.NONE);
    }

    /** Makes of the share's column one of its own table, which says what the column says that it fills. */
    private Column columnApart(ShareColumn shared) {
        return new Column(shared.name(), shared.type(), List.of(shared.name()), Optional.empty(),
                shared.fills().flatMap(this::column).flatMap(Column::description));
    }

    /** Says what of its rows is personal, which name their fields as the share does where they came from there. */
    public PersonalData personalOf(boolean fromShare) {
        return fromShare && share.isPresent() ? personalApart(share.get()) : personal;
    }

    /** Says what is personal in the share's rows, which name each field as its column. */
    private PersonalData personalApart(ShareTable table) {
        Map<List<String>, PersonalField> fields = new LinkedHashMap<>();
        table.columns().forEach(column -> personal.field(fieldOf(column)).ifPresent(field -> fields.put(
                List.of(column.name()), new PersonalField(List.of(column.name()), field.kind(), field.person(),
                        Optional.empty(), field.years()))));
        return new PersonalData(List.copyOf(fields.values()), personal.persons(), personal.rules());
    }

    public boolean isChild() {
        return parent.isPresent();
    }

    /** The key column that holds the parent's id, e.g. {@code customer_invoice_id}. */
    public Optional<String> parentColumn() {
        return parent.map(Names::parentColumn);
    }

    public StreamDefinition withEnabled(boolean on) {
        return new StreamDefinition(name, description, path, scope, reading, sorted, pageSizeMax, parent, include,
                changelog, alsoChangedBy,
                refreshes, embeds, recordDate, on,
                files, columns, indexes, share, key, optional, personal, evidence, since);
    }

    /** Returns the stream limited to the records from a date on, if there is one. */
    StreamDefinition since(Optional<LocalDate> date) {
        return new StreamDefinition(name, description, path, scope, reading, sorted, pageSizeMax, parent, include,
                changelog, alsoChangedBy, refreshes, embeds, recordDate, enabled, files, columns, indexes, share, key,
                optional,
                personal, evidence, date);
    }

    /** Returns the column that holds the date of a record, if it has one. */
    public Optional<Column> dateColumn() {
        return recordDate.flatMap(date -> columns.stream()
                .filter(column -> String.join(".", column.path()).equals(date)).findFirst());
    }

    /** Returns the stream with what is said of personal data. */
    StreamDefinition with(PersonalData said) {
        return new StreamDefinition(name, description, path, scope, reading, sorted, pageSizeMax, parent, include,
                changelog, alsoChangedBy, refreshes, embeds, recordDate, enabled, files, columns, indexes, share, key,
                optional,
                said, evidence, since);
    }

    /** Returns the stream with the rules for personal data that are in force for it. */
    StreamDefinition ruledBy(PrivacyRules rules) {
        PersonalData ruled = personal.with(rules.of(name));
        return new StreamDefinition(name, description, path, scope, reading, sorted, pageSizeMax, parent, include,
                changelog, alsoChangedBy, refreshes, embeds, recordDate, enabled, files, columns,
                indexes, share.map(table -> table.ruledBy(column -> ruled.rule(fieldOf(column)))), key, optional, ruled,
                evidence, since);
    }

    /** Returns the stream as it would be if everything were kept: for what is compared in memory only. */
    public StreamDefinition unruled() {
        return personal.isRuled() ? ruledBy(PrivacyRules.NONE) : this;
    }

    /** The field of the API's record of which a column of the share holds the value; else the column itself. */
    private List<String> fieldOf(ShareColumn column) {
        return column.fills().flatMap(this::column).map(Column::path).orElse(List.of(column.name()));
    }

    /** Returns the declared column of that name. */
    public Optional<Column> column(String named) {
        return columns.stream().filter(column -> column.name().equals(named)).findFirst();
    }

    /** The API path for the sub-list of one parent record. */
    public String pathOf(long parentId) {
        return path.replace("{parent}", Long.toString(parentId));
    }
}

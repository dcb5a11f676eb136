package fr.pennylanesync.api.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One page to read. The server's cursor is a position only: filter and sort are written on every page, or the server
 * would silently return unfiltered rows. There is no page number and no offset.
 *
 * @param path below the base URL, such as {@code /customers}
 * @param limit rows per page, 1 to 1000; most endpoints allow 100
 * @param cursor position within the pass
 * @param sort field, {@code -field} for descending; never {@code +field}, whose plus sign would arrive as a space
 * @param conditions the filter
 * @param include related rows to embed
 * @param parameters the endpoint's own parameters, such as {@code start_date} of a changelog
 * @param rows how the rows are told apart
 */
public record PageRequest(
        String path,
        int limit,
        Optional<String> cursor,
        Optional<String> sort,
        List<Condition> conditions,
        Optional<String> include,
        Map<String, String> parameters,
        RowKind rows) {

    public static final int LARGEST_LIMIT = 1000;
    /** Stands for a request that sends no limit. */
    private static final int NO_LIMIT = 0;
    static final String START_DATE = "start_date";

    private static final Pattern PATH = Pattern.compile("(/[a-z0-9_]+){1,8}");
    private static final Pattern SORT = Pattern.compile("-?[a-z][a-z_]{0,60}");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z_]{0,60}");
    private static final Set<String> OWN_OR_FORBIDDEN =
            Set.of("cursor", "limit", "sort", "filter", "include", "page", "per_page", "offset");

    public PageRequest {
        require(PATH.matcher(path).matches(), "a path is made of lower-case segments");
        require(limit >= NO_LIMIT && limit <= LARGEST_LIMIT, "a page limit is 1 to " + LARGEST_LIMIT);
        require(sort.isEmpty() || SORT.matcher(sort.get()).matches(), "a sort is a field, or -field");
        require(include.isEmpty() || NAME.matcher(include.get()).matches(), "an include is a field");
        for (String name : parameters.keySet()) {
            require(NAME.matcher(name).matches() && !OWN_OR_FORBIDDEN.contains(name), "not a parameter of an endpoint");
        }
        require(cursor.isEmpty() || !parameters.containsKey(START_DATE), "start_date and cursor exclude each other");
        conditions = List.copyOf(conditions);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    public static PageRequest of(String path, int limit) {
        require(limit != NO_LIMIT, "a list is read with a limit");
        return new PageRequest(path, limit, Optional.empty(), Optional.empty(), List.of(), Optional.empty(), Map.of(),
                RowKind.RECORD);
    }

    /** The one answer of an endpoint that has no paging: no {@code limit} is sent. */
    public static PageRequest whole(String path) {
        return new PageRequest(path, NO_LIMIT, Optional.empty(), Optional.empty(), List.of(), Optional.empty(),
                Map.of(),
                RowKind.RECORD);
    }

    public PageRequest sortedBy(String field) {
        return new PageRequest(path, limit, cursor, Optional.of(field), conditions, include, parameters, rows);
    }

    /** The same with other rows per page. */
    public PageRequest limitedTo(int rowsPerPage) {
        require(rowsPerPage != NO_LIMIT && isPaged(), "a list in one answer has no limit");
        return new PageRequest(path, rowsPerPage, cursor, sort, conditions, include, parameters, rows);
    }

    public PageRequest where(Condition condition) {
        List<Condition> more = new ArrayList<>(conditions);
        more.add(condition);
        return new PageRequest(path, limit, cursor, sort, more, include, parameters, rows);
    }

    public PageRequest including(String relation) {
        return new PageRequest(path, limit, cursor, sort, conditions, Optional.of(relation), parameters, rows);
    }

    public PageRequest with(String parameter, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(parameter, value);
        return new PageRequest(path, limit, cursor, sort, conditions, include, more, rows);
    }

    public PageRequest withRows(RowKind kind) {
        return new PageRequest(path, limit, cursor, sort, conditions, include, parameters, kind);
    }

    /** The page after this one. A changelog takes its start date on the first page only. */
    public PageRequest after(String nextCursor) {
        Map<String, String> rest = new LinkedHashMap<>(parameters);
        rest.remove(START_DATE);
        return new PageRequest(path, limit, Optional.of(nextCursor), sort, conditions, include, rest, rows);
    }

    /** Tells whether the answer comes in pages, and says whether more follows. */
    public boolean isPaged() {
        return limit != NO_LIMIT;
    }

    boolean ascendingById() {
        return rows == RowKind.RECORD && sort.filter("id"::equals).isPresent();
    }

    /** The query without its question mark, percent-encoded in UTF-8. */
    public String query() {
        Map<String, String> all = new LinkedHashMap<>();
        if (isPaged()) {
            all.put("limit", Integer.toString(limit));
        }
        cursor.ifPresent(value -> all.put("cursor", value));
        sort.ifPresent(value -> all.put("sort", value));
        if (!conditions.isEmpty()) {
            all.put("filter", filter());
        }
        include.ifPresent(value -> all.put("include", value));
        all.putAll(parameters);
        return all.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private String filter() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        conditions.forEach(condition -> list.add(condition.toJson()));
        return list.toString();
    }

    // URLEncoder writes forms: a space as plus, and it keeps the asterisk.
    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}

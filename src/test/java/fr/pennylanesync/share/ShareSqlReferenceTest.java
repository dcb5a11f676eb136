package fr.pennylanesync.share;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.sandbox.share.RedshiftSyntax;
import fr.pennylanesync.share.CanonicalField.NumberForm;
import fr.pennylanesync.stream.ColumnType;
import fr.pennylanesync.stream.ShareColumn;
import fr.pennylanesync.stream.ShareTable;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds each statement that can be sent to the data sharing against what Amazon's documentation grants to Redshift,
 * word by word. The statements are found by asking every method that makes one, so a new one cannot be left out.
 */
class ShareSqlReferenceTest {

    private static final Path PAGE = Path.of("docs/reference/share-sql.md");
    private static final Path SOURCES = Path.of("src/main/java/fr/pennylanesync/share");
    private static final Pattern STRING = Pattern.compile("'[^']*'");
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]+\"");
    private static final Pattern WORD = Pattern.compile("[a-z_][a-z_0-9]*|\\|\\||<>|<=|>=|[<>=*+/-]");
    private static final Pattern STATEMENT_IN_JAVA =
            Pattern.compile("\"(?:select|set|begin|with|declare|fetch|show|insert|update|delete|call) ");
    /** Methods that are asked of tables with ids only. */
    private static final Set<String> OF_IDS = Set.of("monthsOf", "repeatedIds", "sample");
    private static final Set<String> OWN_NAMES = Set.of("month_of_row", "row_count", "row_sum", "with_id",
            "distinct_ids", "repeated_id", "occurrence", "id", "company_id");
    private static final Pattern FORMAT = Pattern.compile("'(YYYY[^']*)'");
    private static final Pattern FORMAT_PART = Pattern.compile("[A-Z]+\\d*");
    /** What Redshift's page of formats has. */
    private static final Set<String> FORMAT_PARTS = Set.of("YYYY", "MM");

    private static final Partition MONTHS = Partition.months(YearMonth.of(2026, 1), YearMonth.of(2026, 4), 0);
    private static final ShareSql SQL = new ShareSql(Optional.empty());
    private static final Map<String, String> GRANTS = new TreeMap<>();

    static {
        grant("r_SELECT_list", "select", "distinct", "as", "*");
        grant("r_FROM_clause30", "from");
        grant("r_WHERE_clause", "where");
        grant("r_GROUP_BY_clause", "group", "by");
        grant("r_HAVING_clause", "having");
        grant("r_ORDER_BY_clause", "order", "desc", "limit");
        grant("r_comparison_condition", "=", "<", ">", "<=", ">=");
        grant("r_logical_condition", "and", "not");
        grant("r_in_condition", "in");
        grant("r_null_condition", "is", "null");
        grant("r_patternmatching_condition_like", "like");
        grant("r_CASE_function", "case", "when", "then", "else", "end");
        grant("r_CAST_function", "cast");
        grant("r_Character_types", "varchar");
        grant("r_Numeric_types201", "decimal", "double", "precision");
        grant("r_Datetime_types", "date", "timestamp");
        grant("r_AT_TIME_ZONE", "at", "time", "zone");
        grant("r_concat_op", "||");
        grant("r_NVL_function", "coalesce");
        grant("r_MD5", "md5");
        grant("r_STRTOL", "strtol");
        grant("r_SUBSTRING", "substring");
        grant("r_RTRIM", "rtrim");
        grant("r_TO_CHAR", "to_char");
        grant("r_ABS", "abs");
        grant("r_OCTET_LENGTH", "octet_length");
        grant("r_COUNT", "count");
        grant("r_SUM", "sum");
        grant("r_WF_ROW_NUMBER", "row_number", "over", "partition");
        grant("r_BEGIN", "begin", "isolation", "level", "repeatable", "read", "only");
        grant("r_SET", "set", "to");
        grant("r_timezone_config", "timezone");
        grant("r_datestyle", "datestyle");
    }

    private static void grant(String page, String... words) {
        Arrays.stream(words).forEach(word -> GRANTS.put(word, page));
    }

    @Test
    void eachWordOfEachStatementIsGrantedToRedshift() throws ReflectiveOperationException {
        Set<String> used = new TreeSet<>();
        for (Map.Entry<String, Set<String>> statement : statements().entrySet()) {
            for (String sql : statement.getValue()) {
                Set<String> words = words(sql);
                used.addAll(words);
                assertThat(words).as(statement.getKey() + ": " + sql).isSubsetOf(GRANTS.keySet());
                assertThat(RedshiftSyntax.refused(sql)).as(sql).isEmpty();
            }
        }
        assertThat(used).as("a grant that nothing uses").containsExactlyElementsOf(GRANTS.keySet());
    }

    @Test
    void aWordThatNobodyGrantedIsFound() {
        assertThat(words("select concat_ws('-', \"a\", 'now()') from \"t\" where \"x\" ~ 'b'")).contains("concat_ws")
                .doesNotContain("now", "a", "x");
    }

    /** Redshift groups by no constant, and a literal has no type until something gives it one. */
    @Test
    void noLiteralStandsWhereItsTypeMatters() throws ReflectiveOperationException {
        Pattern bare = Pattern.compile("(select|then|else|\\|\\|) '|'[\u001e\u001f]'(?! as varchar)");
        for (Set<String> texts : statements().values()) {
            assertThat(texts).allSatisfy(sql -> assertThat(bare.matcher(sql).find()).as(sql).isFalse());
        }
        assertThat(SQL.months(plain(), 7)).doesNotContain("group by");
        assertThat(SQL.digests(plain(), 7)).doesNotContain("group by");
        assertThat(SQL.months(dated(), 7)).endsWith("group by 1");
    }

    /** Redshift's comparisons pass over blanks at the end of a text. */
    @Test
    void textsThatDifferInBlanksAtTheirEndAreCountedApart() {
        assertThat(SQL.rows(keyed(), 7, MONTHS))
                .contains("partition by \"label\", octet_length(\"label\"), \"amount\" order by");
    }

    @Test
    void formatsAreMadeOfPartsThatRedshiftHas() throws ReflectiveOperationException {
        Set<String> parts = statements().values().stream().flatMap(Set::stream)
                .flatMap(sql -> FORMAT.matcher(sql).results()).map(found -> found.group(1))
                .flatMap(format -> FORMAT_PART.matcher(format).results()).map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(parts).isEqualTo(FORMAT_PARTS);
    }

    /** Sixteen hexadecimal digits would not fit into a signed number of 64 bits, which Redshift refuses. */
    @Test
    void noNumberIsMadeOfMoreDigitsThanItHasRoomFor() throws ReflectiveOperationException {
        Set<String> all = statements().values().stream().flatMap(Set::stream).filter(sql -> sql.contains("strtol"))
                .collect(Collectors.toSet());
        assertThat(all).isNotEmpty()
                .allSatisfy(
                        sql -> assertThat(sql).containsPattern("strtol\\(substring\\(md5\\(.*\\), 1, 15\\), 16\\)"));
        BigInteger largest = BigInteger.TWO.pow(4 * RowDigest.HEX_DIGITS);
        assertThat(BigInteger.TEN.pow(38).divide(largest)).as("rows whose hashes a decimal(38,0) has room for")
                .isGreaterThan(BigInteger.TEN.pow(18));
    }

    /** A null makes a whole concatenation null, on Redshift as on PostgreSQL. */
    @Test
    void noNullReachesAConcatenation() {
        List<String> absent =
                Pattern.compile("\\|\\| (?:(?!coalesce).)*?, cast\\('\u001f\u001e' as varchar\\(2\\)\\)\\)")
                        .matcher(SQL.digest(dated(), 7, MONTHS)).results().map(found -> found.group()).toList();
        assertThat(absent).as("a field with its separator, or that it has no value").hasSize(11);
        assertThat(SQL.digest(dated(), 7, MONTHS)).contains(
                "(coalesce(cast(\"company_id\" as varchar), cast('\u001e' as varchar(1))) || ");
    }

    @Test
    void aDatabaseThatIsNotTheConnectionsIsNamedInEveryStatement() throws ReflectiveOperationException {
        ShareSql named = new ShareSql(Optional.of("books\"share"));
        assertThat(named.companies())
                .isEqualTo("select distinct id from \"books\"\"share\".\"pennylane\".\"companies\"");
        assertThat(List.of(named.columns("pennylane.dated"), named.count(dated(), 7), named.months(dated(), 7),
                named.monthsOf(dated(), 7, List.of(1L)), named.digest(dated(), 7, MONTHS), named.digests(dated(), 7),
                named.hashes(dated(), 7, MONTHS), named.rows(dated(), 7, MONTHS), named.repeatedIds(dated(), 7),
                named.repeatedIds(dated(), 7, MONTHS), named.sample(dated(), 7, Optional.empty(), 1)))
                .allSatisfy(sql -> assertThat(sql.replace(" from (", " of (")).containsOnlyOnce(" from ")
                        .contains(" from \"books\"\"share\".\"pennylane\".\"dated\""));
    }

    @Test
    void noStatementIsMadeElsewhere() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            List<Path> others = files.filter(file -> !file.endsWith("ShareSql.java")).toList();
            for (Path file : others) {
                assertThat(STATEMENT_IN_JAVA.matcher(Files.readString(file)).find()).as(file.toString()).isFalse();
            }
        }
    }

    @Test
    void thePageInDocsIsFresh() throws IOException, ReflectiveOperationException {
        String fresh = page();
        if (Boolean.getBoolean("reference.update")) {
            Files.writeString(PAGE, fresh);
        }
        assertThat(PAGE).as("refresh it with: mvn -q test -Dtest=ShareSqlReferenceTest -Dreference.update=true")
                .hasContent(fresh);
    }

    private static String page() throws ReflectiveOperationException {
        StringBuilder page = new StringBuilder("""
                # SQL sent to the data sharing

                These are all statements that the runtime can send to Pennylane's Redshift, for made-up tables:
                `pennylane.dated` has an id, a date and a column of each type, `pennylane.plain` has no date,
                `pennylane.keyed` has no id. Separators are shown as `␞` and `␟`. `ShareSqlReferenceTest` asks every
                method that makes a statement, holds each word against the table at the end, and writes this page. None
                of these words is a leader-node function. The same text runs on the sandbox's PostgreSQL, which has a
                function `strtol` beside its own; its door refuses every statement with something that PostgreSQL has
                and Redshift has not (`RedshiftSyntax`), whichever test sends it.

                A text of more than 1,000 bytes stands in the text of its row by its MD5: Redshift has no text of more
                than 65,535 bytes. With `share.database` set, each table has three names: `"books"."pennylane"."dated"`.

                The pages at the end were looked up in a copy of Amazon's guide, each by its name; what they say of
                Redshift was not tried out on Redshift.

                """);
        statements().forEach((name, texts) -> {
            page.append("## ").append(name).append("\n\n");
            texts.forEach(sql -> page.append("```sql\n").append(shown(sql)).append("\n```\n\n"));
            page.append("Uses: ").append(texts.stream().flatMap(sql -> words(sql).stream()).distinct().sorted()
                    .map(word -> "`" + word.replace("|", "\\|") + "`").collect(Collectors.joining(" "))).append("\n\n");
        });
        page.append("""
                ## What grants it

                | page of the Amazon Redshift Database Developer Guide | words |
                |---|---|
                """);
        GRANTS.values().stream().distinct().sorted().forEach(grant -> page.append("| [").append(grant)
                .append("](https://docs.aws.amazon.com/redshift/latest/dg/").append(grant).append(".html) | ")
                .append(GRANTS.entrySet().stream().filter(word -> word.getValue().equals(grant))
                        .map(word -> "`" + word.getKey().replace("|", "\\|") + "`").collect(Collectors.joining(" ")))
                .append(" |\n"));
        return page.toString();
    }

    private static String shown(String sql) {
        return sql.replace('\u001e', '␞').replace('\u001f', '␟');
    }

    private static Set<String> words(String sql) {
        String bare = QUOTED.matcher(STRING.matcher(sql).replaceAll(" ")).replaceAll(" ");
        return WORD.matcher(bare).results().map(found -> found.group())
                .filter(word -> !OWN_NAMES.contains(word) && !word.matches("c\\d+"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every statement by the method that makes it, for each shape and part that makes it another text. */
    private static Map<String, Set<String>> statements() throws ReflectiveOperationException {
        Map<String, Set<String>> statements = new TreeMap<>();
        List<Method> methods = Arrays.stream(ShareSql.class.getDeclaredMethods())
                .filter(method -> !Modifier.isPrivate(method.getModifiers()) && !method.isSynthetic())
                .filter(method -> !isFragment(method)).sorted(Comparator.comparing(Method::toString)).toList();
        for (Method method : methods) {
            Set<String> texts = statements.computeIfAbsent(method.getName(), name -> new TreeSet<>());
            for (TableShape shape : List.of(dated(), plain(), keyed())) {
                for (Partition part : parts()) {
                    texts.addAll(made(method, shape, part));
                }
            }
        }
        return statements;
    }

    /** Those that take rows or fields make parts of statements, of both sides. */
    private static boolean isFragment(Method method) {
        return method.getParameterCount() > 0 && (method.getParameterTypes()[0] == Collection.class
                || method.getParameterCount() > 1 && method.getParameterTypes()[0] == String.class);
    }

    private static Collection<String> made(Method method, TableShape shape, Partition part)
            throws IllegalAccessException, InvocationTargetException {
        if (OF_IDS.contains(method.getName()) && !shape.table().hasId()) {
            return List.of();
        }
        Object[] arguments =
                Arrays.stream(method.getParameterTypes()).map(type -> argument(type, shape, part)).toArray();
        Object made = method.invoke(SQL, arguments);
        return made instanceof Collection<?> several ? several.stream().map(Object::toString).toList()
                : List.of((String) made);
    }

    private static Object argument(Class<?> type, TableShape shape, Partition part) {
        return Map.<Class<?>, Object>of(TableShape.class, shape, ShareTable.class, shape.table(), Partition.class, part,
                long.class, 7L, int.class, 100, String.class, shape.table().table(), Collection.class, List.of(1L, 2L),
                Optional.class, Optional.of("2026-01-01 00:00:00")).get(type);
    }

    private static List<Partition> parts() {
        return List.of(MONTHS, Partition.month(""), Partition.month("before 0001"), Partition.month("after 9999"),
                Partition.withoutRows());
    }

    private static TableShape dated() {
        Map<String, CanonicalField> fields = new LinkedHashMap<>();
        fields.put("day", CanonicalField.of("\"day\"", ColumnType.DATE));
        fields.put("label", CanonicalField.of("\"label\"", ColumnType.TEXT));
        fields.put("code", CanonicalField.of("cast(\"code\" as varchar(65535))", ColumnType.TEXT));
        fields.put("debit", new CanonicalField("\"debit\"", ColumnType.NUMERIC, NumberForm.DECIMALS));
        fields.put("rate", new CanonicalField("\"rate\"", ColumnType.NUMERIC, NumberForm.ANY));
        fields.put("weight", new CanonicalField("\"weight\"", ColumnType.NUMERIC, NumberForm.FLOAT));
        fields.put("paid", CanonicalField.of("\"paid\"", ColumnType.BOOLEAN));
        fields.put("number", CanonicalField.of("\"number\"", ColumnType.INTEGER));
        fields.put("changed", CanonicalField.of("\"changed\"", ColumnType.TIMESTAMPTZ));
        fields.put("zoned", CanonicalField.of("(\"zoned\" at time zone 'UTC')", ColumnType.TIMESTAMPTZ));
        return shape("pennylane.dated", List.of(), Optional.of("day"), fields);
    }

    private static TableShape plain() {
        return shape("pennylane.plain", List.of(), Optional.empty(), new LinkedHashMap<>(
                Map.of("label", CanonicalField.of("\"label\"", ColumnType.TEXT))));
    }

    private static TableShape keyed() {
        Map<String, CanonicalField> fields = new LinkedHashMap<>();
        fields.put("label", CanonicalField.of("\"label\"", ColumnType.TEXT));
        fields.put("amount", new CanonicalField("\"amount\"", ColumnType.NUMERIC, NumberForm.DECIMALS));
        return shape("pennylane.keyed", List.of("label", "amount"), Optional.empty(), fields);
    }

    private static TableShape shape(String table, List<String> key, Optional<String> period,
            Map<String, CanonicalField> columns) {
        Map<String, CanonicalField> fields = new LinkedHashMap<>();
        List<String> ids = new ArrayList<>(List.of(TableShape.COMPANY));
        if (key.isEmpty()) {
            ids.add(TableShape.ID);
        }
        ids.forEach(name -> fields.put(name, CanonicalField.of("\"" + name + "\"", ColumnType.BIGINT)));
        fields.putAll(columns);
        List<ShareColumn> declared = columns.entrySet().stream()
                .map(column -> new ShareColumn(column.getKey(), column.getValue().type(), Optional.of(column.getKey())))
                .toList();
        return new TableShape(new ShareTable(table, key, period, Optional.empty(), declared), fields, Map.of());
    }
}

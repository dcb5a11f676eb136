package fr.pennylanesync.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.hash.CanonicalJson;
import fr.pennylanesync.landing.record.StorableJson;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.stream.ColumnType;
import fr.pennylanesync.stream.ShareColumn;
import fr.pennylanesync.stream.ShareTable;
import fr.pennylanesync.warehouse.TestWarehouse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The digest that SQL computes is the one that Java computes, of the rows as received and of the rows as stored. */
class DigestTest {

    private static final long COMPANY = 7;
    private static Settings.Database database;

    @BeforeAll
    static void create() throws SQLException {
        database = TestWarehouse.newDatabase();
        execute("""
                create function strtol(varchar, int) returns bigint language sql immutable as
                    $$ select ('x' || lpad($1, 16, '0'))::bit(64)::bigint $$;
                create schema pennylane;
                create table pennylane.companies (id bigint);
                insert into pennylane.companies values (7), (8);
                create table pennylane.lines (id bigint, company_id bigint, day date, label varchar,
                    debit numeric(18,2), rate numeric, weight double precision, paid boolean, changed timestamp,
                        number integer);
                insert into pennylane.lines
                    select n, 7, date '2025-11-28' + n, case n % 5 when 0 then null when 1 then '' when 2 then '~'
                        when 3 then 'Été | 1:x  '
                        else '😀 ' || n end, n * 1.005, n / 3.0, n / 7.0, case n % 3 when 0 then null when 1 then true
                            else false end,
                        timestamp '2026-01-01 00:00:00.123456' + n * interval '1 hour', n
                        from generate_series(1, 400) n;
                create table pennylane.long (id bigint, company_id bigint, day date, one varchar, two varchar,
                    three varchar);
                insert into pennylane.long select n, 7, date '9999-12-31', repeat('é', n), repeat('x', n * 65),
                    case when n > 900 then repeat('😀', n * 16) end from generate_series(480, 1004, 4) n;
                create table pennylane.cased ("ID" bigint, "Company_Id" bigint, "day" date, "DAY" date,
                    "Label" varchar);
                insert into pennylane.cased values (1, 7, date '2026-01-31', null, 'a'), (2, 7, null, null, 'b  ');
                create table pennylane.odd (id bigint, company_id bigint, day date, amount numeric(18,2), rate numeric,
                    weight double precision, code char(5), changed timestamp, zoned timestamptz);
                insert into pennylane.odd
                    select row_number() over (), 7, d, a, r, w, c, t, t at time zone 'UTC' from
                        unnest(array[date 'infinity', '-infinity', '0044-03-15 BC', '20224-01-01', null, '2026-01-01'])
                            d,
                        unnest(array['NaN', 0, -0.10, 1200, null, 9999999999999999.99]::numeric(18,2)[],
                            array['Infinity', '-Infinity', 'NaN', 1e40, 100, 1.1000]::numeric[],
                            array['NaN', 'Infinity', 1e300, 1e-12, 0.123456789499999999, 1200]::double precision[],
                            array['a', '', null, 'b c', '  d', '12345']::char(5)[],
                            array['infinity', '0044-03-15 12:00:00 BC', '20224-01-01', '9999-12-31 23:59:59.999999',
                                null, '0001-01-01']::timestamp[]) u(a, r, w, c, t);
                insert into pennylane.odd (id, company_id, day) values (null, 7, null), (99, 7, null),
                    (99, 7, date '2026-01-20');
                insert into pennylane.lines (id, company_id, day) values (1001, 7, null), (1002, 8, date '2026-01-01');
                """);
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), database.username(),
                database.password().orElseThrow().reveal());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Share share() {
        return share(Optional.empty());
    }

    private static Share share(Optional<String> name) {
        Optional<Secret> password = database.password();
        return Share.of(new Settings.Share(database.jdbcUrl(), database.username(), password, name, 2,
                Duration.ofSeconds(30), Duration.ZERO, Duration.ZERO));
    }

    private static ShareTable table(List<String> key, ShareColumn... more) {
        List<ShareColumn> columns =
                new java.util.ArrayList<>(List.of(column("day", ColumnType.DATE), column("label", ColumnType.TEXT),
                        column("debit", ColumnType.NUMERIC), column("rate", ColumnType.NUMERIC),
                        column("paid", ColumnType.BOOLEAN),
                        column("changed", ColumnType.TIMESTAMPTZ), column("number", ColumnType.INTEGER)));
        columns.addAll(List.of(more));
        return new ShareTable("pennylane.lines", key, Optional.of("day"), Optional.of("changed"), columns);
    }

    /** Whatever a column of the share may hold: no value stops a reading, and none is counted as another. */
    @Test
    void sqlAndJavaComputeTheSameOfOddValues() {
        ShareTable odd = new ShareTable("pennylane.odd", List.of(), Optional.of("day"), Optional.empty(),
                List.of(column("day", ColumnType.DATE), column("amount", ColumnType.NUMERIC),
                        column("rate", ColumnType.NUMERIC), column("weight", ColumnType.NUMERIC),
                        column("code", ColumnType.TEXT), column("changed", ColumnType.TIMESTAMPTZ),
                        column("zoned", ColumnType.TIMESTAMPTZ)));
        List<Partition> plan = share().plan(odd, COMPANY);
        assertThat(plan).hasToString("[undated, after 9999, before 0001, 2026-01..2026-02]");
        long rows = 0;
        List<SetAsideRow> setAside = new ArrayList<>();
        for (Partition partition : plan) {
            try (OpenShare snapshot = share().snapshot()) {
                PartitionRead read = read(snapshot, odd, partition);
                RowDigest received = RowDigest.EMPTY;
                if (read.isRepeating()) {
                    read.repeatedIds(maps(snapshot, read.repeatedIdsStatement()));
                }
                read.rows(maps(snapshot, read.rowsStatement()).iterator());
                for (ReadRow row : read.next()) {
                    if (row instanceof ShareRow landed) {
                        received =
                                received.plus(read.reader().canonical(StorableJson.read(landed.spelled().toString())));
                        assertThat(landed.field("zoned")).isEqualTo(landed.field("changed"));
                    } else if (row instanceof SetAsideRow unfit) {
                        received = received.plus(unfit.canonical());
                        setAside.add(unfit);
                        assertThat(SetAsideRow.isOf(unfit.name(), partition)).isTrue();
                    }
                }
                assertThat(received).as(partition.toString()).isEqualTo(read.expected());
                assertThat(partition.rows()).isEqualTo(received.rows());
                rows += received.rows();
            }
        }
        assertThat(rows).as("no date keeps a row out").isEqualTo(39).isEqualTo(share().count(odd, COMPANY));
        assertThat(setAside).extracting(SetAsideRow::reason).as("one row of each pair is undated").containsExactly(
                "SHARE_ROW_WITHOUT_ID");
        assertThat(share().repeatedIds(odd, COMPANY)).containsExactly(99L);
    }

    /** Redshift has no text of more than 65,535 bytes: a long one stands by its MD5, on both sides. */
    @Test
    void textsOfAnyLengthAreDigestedWithinWhatRedshiftHasRoomFor() {
        ShareTable table = new ShareTable("pennylane.long", List.of(), Optional.of("day"), Optional.empty(),
                List.of(column("day", ColumnType.DATE), column("one", ColumnType.TEXT),
                        column("two", ColumnType.TEXT), column("three", ColumnType.TEXT)));
        List<Partition> plan = share().plan(table, COMPANY);
        assertThat(plan).as("the last month of four digits").hasSize(1)
                .allSatisfy(part -> assertThat(Partition.parse(part.toString()))
                        .hasToString("9999-12..10000-01"));
        try (OpenShare snapshot = share().snapshot()) {
            PartitionRead read = read(snapshot, table, Partition.parse(plan.get(0).toString()));
            RowDigest received = RowDigest.EMPTY;
            for (ShareRow row : rows(snapshot, read)) {
                JsonNode payload = StorableJson.read(row.spelled().toString());
                String canonical = read.reader().canonical(payload);
                assertThat(canonical).doesNotContain("x".repeat(1_001));
                assertThat(canonical.getBytes(StandardCharsets.UTF_8).length).isLessThan(3_100);
                assertThat(payload.get("two").asText()).as("what is landed is the text").endsWith("x".repeat(1_001));
                received = received.plus(canonical);
            }
            assertThat(received).isEqualTo(read.expected());
            assertThat(received.rows()).isEqualTo(132);
        }
    }

    /** A warehouse in the middle of a history goes on: what has no long text has the digest that it always had. */
    @Test
    void theDigestOfAnOrdinaryRowIsThatOfItsTextAsItIs() {
        StringBuilder row = new StringBuilder();
        CanonicalField label = CanonicalField.of("label", ColumnType.TEXT);
        label.append(row, "é".repeat(500));
        assertThat(row).hasToString("é".repeat(500));
        label.append(row, "é".repeat(500) + "x");
        assertThat(row).hasToString("é".repeat(500) + "\u001f\u001eb7a1db8ebf6c7763086c13804d805a86");
    }

    @Test
    void theCaseOfColumnNamesIsTheTablesOwn() {
        ShareTable cased = new ShareTable("pennylane.cased", List.of(), Optional.of("day"), Optional.empty(),
                List.of(column("day", ColumnType.DATE), column("label", ColumnType.TEXT)));
        assertThat(share().plan(cased, COMPANY)).hasToString("[undated, 2026-01..2026-02]");
        assertThat(share().count(cased, COMPANY)).isEqualTo(2);
        assertThat(share().repeatedIds(cased, COMPANY)).isEmpty();
        assertThat(share().monthsOf(cased, COMPANY, Set.of(1L))).containsExactly("2026-01");
        assertThat(share().digests(share().shape(cased), COMPANY)).containsOnlyKeys("", "2026-01");
        try (OpenShare snapshot = share().snapshot()) {
            PartitionRead read = read(snapshot, cased, Partition.month("2026-01"));
            assertThat(rows(snapshot, read)).extracting(row -> row.text(3)).containsExactly("a");
        }
    }

    /** A cluster can be told to describe all columns in upper case. */
    @Test
    void labelsInUpperCaseAreRead() {
        TableShape shape = share().shape(new ShareTable("pennylane.lines", List.of("label"), Optional.empty(),
                Optional.empty(), List.of(column("label", ColumnType.TEXT))));
        Map<String, Object> upper = new LinkedHashMap<>();
        upper.put("C0", "7");
        upper.put("C1", null);
        upper.put("OCCURRENCE", "2");
        Map<String, Object> lower = new LinkedHashMap<>();
        upper.forEach((label, value) -> lower.put(label.toLowerCase(Locale.ROOT), value));
        ReadRow read = new RowReader(shape, COMPANY).read(upper);
        assertThat(((ShareRow) read).id()).isEqualTo(((ShareRow) new RowReader(shape, COMPANY).read(lower)).id());
    }

    /** PostgreSQL takes a name of three parts where the first is the database of the connection. */
    @Test
    void tablesOfANamedDatabaseAreRead() {
        String name = database.jdbcUrl().replaceFirst(".*/([^/?]+).*", "$1");
        Share named = share(Optional.of(name));
        assertThat(named.companies()).isEqualTo(share().companies());
        assertThat(named.months(table(List.of()), COMPANY)).isEqualTo(share().months(table(List.of()), COMPANY));
        assertThat(named.digests(named.shape(table(List.of())), COMPANY))
                .isEqualTo(share().digests(share().shape(table(List.of())), COMPANY));
        assertThatThrownBy(() -> share(Optional.of("elsewhere")).companies()).isInstanceOfSatisfying(
                SyncException.class,
                failure -> assertThat(failure.code()).isEqualTo(ShareErrorCode.SHARE_TABLE_MISSING));
    }

    private static ShareColumn column(String name, ColumnType type) {
        return new ShareColumn(name, type, Optional.of(name));
    }

    @Test
    void sqlAndJavaComputeTheSameOfEveryPartition() {
        long rows = 0;
        for (Partition partition : share().plan(table(List.of()), COMPANY)) {
            try (OpenShare snapshot = share().snapshot()) {
                PartitionRead read = read(snapshot, table(List.of()), partition);
                RowDigest received = RowDigest.EMPTY;
                for (ShareRow row : rows(snapshot, read)) {
                    JsonNode payload = StorableJson.read(row.spelled().toString());
                    assertThat(CanonicalJson.text(payload)).isEqualTo(row.spelled().toString());
                    received = received.plus(read.reader().canonical(payload));
                }
                assertThat(received).isEqualTo(read.expected());
                rows += received.rows();
            }
        }
        assertThat(rows).isEqualTo(401);
    }

    @Test
    void aRowWithoutAnIdKeepsItsNumberAndItsTwinsHaveOthers() throws SQLException {
        ShareTable keyed = table(List.of("label", "paid"));
        try (OpenShare snapshot = share().snapshot()) {
            PartitionRead read = read(snapshot, keyed, Partition.months(java.time.YearMonth.of(2025, 11),
                    java.time.YearMonth.of(2027, 2), 0));
            List<ShareRow> rows = rows(snapshot, read);
            assertThat(rows).extracting(ShareRow::id).doesNotHaveDuplicates()
                    .allSatisfy(id -> assertThat(id).isPositive());
            assertThat(rows).hasSize(400);
        }
    }

    @Test
    void aPartitionIsReadInOneSnapshot() throws SQLException {
        Partition november = Partition.month("2025-11");
        try (OpenShare snapshot = share().snapshot()) {
            PartitionRead read = read(snapshot, table(List.of()), november);
            execute("insert into pennylane.lines (id, company_id, day) values (2001, 7, date '2025-11-30')");
            assertThat(rows(snapshot, read)).hasSize((int) read.expected().rows());
        } finally {
            execute("delete from pennylane.lines where id = 2001");
        }
    }

    @Test
    void nothingCanBeWritten() {
        try (OpenShare snapshot = share().snapshot(); Statement statement = snapshot.connection().createStatement()) {
            assertThatThrownBy(() -> statement.execute("delete from pennylane.lines"))
                    .hasMessageContaining("read-only");
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void aColumnThatIsGoneOrRetypedIsNamed() {
        assertThatThrownBy(() -> share().shape(table(List.of(), column("gone", ColumnType.TEXT))))
                .isInstanceOfSatisfying(SyncException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ShareErrorCode.SHARE_COLUMN_MISSING));
        assertThatThrownBy(() -> share().shape(table(List.of(), column("weight", ColumnType.TEXT))))
                .isInstanceOfSatisfying(SyncException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ShareErrorCode.SHARE_COLUMN_RETYPED));
        assertThatThrownBy(() -> share()
                .shape(new ShareTable("pennylane.nothing", List.of(), Optional.empty(), Optional.empty(), List.of())))
                .isInstanceOfSatisfying(SyncException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ShareErrorCode.SHARE_TABLE_MISSING));
    }

    @Test
    void aRowOfAnotherCompanyIsRefused() {
        TableShape shape = share().shape(table(List.of()));
        Map<String, Object> row = new HashMap<>(Map.of("c0", "8", "c1", "1"));
        assertThatThrownBy(() -> new RowReader(shape, COMPANY).read(row))
                .isInstanceOfSatisfying(SyncException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ShareErrorCode.SHARE_ROW_MISROUTED));
    }

    @Test
    void theCompaniesAreThoseOfTheLogin() {
        assertThat(share().companies()).isEqualTo(Set.of(7L, 8L));
    }

    private static PartitionRead read(OpenShare snapshot, ShareTable table, Partition partition) {
        PartitionRead read = share().read(snapshot, table, COMPANY, partition, Set.of());
        read.expect(maps(snapshot, read.digestStatement()).get(0));
        return read;
    }

    private static List<ShareRow> rows(OpenShare snapshot, PartitionRead read) {
        read.rows(maps(snapshot, read.rowsStatement()).iterator());
        return read.next().stream().map(ShareRow.class::cast).toList();
    }

    /** As camel-jdbc hands them over. */
    private static List<Map<String, Object>> maps(OpenShare snapshot, String sql) {
        try (Statement statement = snapshot.connection().createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<Map<String, Object>> maps = new ArrayList<>();
            while (result.next()) {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    map.put(result.getMetaData().getColumnLabel(i), result.getObject(i));
                }
                maps.add(map);
            }
            return maps;
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }
}

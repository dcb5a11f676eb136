package fr.pennylanesync.sandbox.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.sandbox.Sandbox;
import fr.pennylanesync.sandbox.SandboxOptions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Amazon's driver and PostgreSQL's, through the same door. */
class ShareDriverTest {

    private static final int CUTS = 10;
    private static final int ROWS_PER_FETCH = 100;

    private static Sandbox sandbox;
    private static SandboxShare share;

    @BeforeAll
    static void open() {
        sandbox = Sandbox.start(SandboxOptions.defaults());
        share = ShareHome.open(sandbox);
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    @Test
    void bothReadTheSame() {
        for (CopiedTable table : ShareCatalog.tables()) {
            String query = "select * from " + table.qualifiedName() + " order by 1, 2, 3";
            assertThat(reader(true).rows(query)).as(table.qualifiedName()).isEqualTo(reader(false).rows(query))
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void digestsAreComputedByTheShare(boolean redshift) {
        assertThat(reader(redshift)
                .rows("select count(*) as n, sum(strtol(substring(h, 1, 8), 16)) as d1,"
                        + " sum(strtol(substring(h, 25, 8), 16))"
                        + " as d4 from (select md5("
                        + "id::varchar || '|' || coalesce(label, '~') || '|' || to_char(\"date\", 'YYYY-MM-DD')) as h"
                        + " from pennylane.general_ledger) r")
                .get(0).values()).doesNotContainNull().hasSize(3);
        assertThat(reader(redshift).value("select strtol('ffffffff', 16)")).isEqualTo(4_294_967_295L);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void parametersAndTransactionsWork(boolean redshift) throws SQLException {
        long company = sandbox.companies().get(0).id();
        try (Connection connection = reader(redshift).connect()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try (PreparedStatement statement =
                    connection.prepareStatement("select count(*) from pennylane.general_ledger"
                            + " where company_id = ? and \"date\" >= ? and \"date\" < ?")) {
                statement.setLong(1, company);
                statement.setDate(2, java.sql.Date.valueOf("2000-01-01"));
                statement.setDate(3, java.sql.Date.valueOf("2100-01-01"));
                try (ResultSet found = statement.executeQuery()) {
                    found.next();
                    assertThat(found.getLong(1)).isGreaterThan(200);
                }
            }
            connection.commit();
        }
    }

    /**
     * Amazon's driver with its ring buffer, its default, is left out: it now and then ends a result that was cut as if
     * whole.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCutShowsAsAnErrorWithoutRingBuffer(boolean redshift) throws SQLException {
        ShareReader reader = redshift ? new ShareReader(share.redshiftUrl() + "&enableFetchRingBuffer=false",
                share.login()) : reader(false);
        for (int cut = 0; cut < CUTS; cut++) {
            try (Connection connection = reader.connect(); Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.setFetchSize(ROWS_PER_FETCH);
                share.cutAfter(4_000L + cut * 25_000L);
                assertThatThrownBy(() -> readAll(statement)).isInstanceOf(SQLException.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStatementCanBeCancelled(boolean redshift) throws SQLException {
        try (Connection connection = reader(redshift).connect(); Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.executeQuery("select pg_sleep(30)")).isInstanceOf(SQLException.class);
            assertThat(List.of(reader(redshift).value("select 1"))).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"concat_ws('-', number, label)", "string_agg(label, '-')", "jsonb_build_object('a', 1)",
            "encode(sha256('a'::bytea), 'hex')", "distinct on (number) label", "label::jsonb", "array[label]",
            "count(*) filter (where label = 'a')"})
    void whatRedshiftDoesNotHaveIsRefused(String columns) {
        for (boolean redshift : new boolean[] {true, false}) {
            assertThatThrownBy(() -> reader(redshift).rows("select " + columns + " from pennylane.trial_balance"))
                    .isInstanceOfSatisfying(ShareReader.RefusedException.class,
                            refused -> assertThat(refused.state()).isEqualTo("42601"));
            assertThat(reader(redshift).value("select 'on conflict'")).as("a string is no syntax")
                    .isEqualTo("on conflict");
        }
    }

    private static void readAll(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("select * from pennylane.general_ledger")) {
            while (found.next()) {
                found.getLong("id");
            }
        }
    }

    private static ShareReader reader(boolean redshift) {
        return new ShareReader(redshift ? share.redshiftUrl() : share.jdbcUrl(), share.login());
    }
}

package fr.pennylanesync.lint;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.stream.FactsFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobSqlTest {

    private static final String JOB = "jobs/sweep-quarantine.yaml";
    private static final String BEAN = "- bean:\n            ref: quarantine\n            method: retry\n";
    private static final String STATEMENT = """
            - setBody:
                        constant:
                          expression: delete from pennylane_sync.seen_event
            """.stripTrailing();
    private static final String CALL = "        - to:\n            id: sweep-quarantine-sql\n"
            + "            uri: jdbc:warehouse\n";

    @TempDir
    Path routes;

    @BeforeEach
    void writeGoodRoutes() throws IOException {
        GoodRoutes.write(routes);
    }

    @Test
    void aJobMayRunAFixedStatementOfItsOwnTables() throws IOException {
        assertThat(found(STATEMENT + "\n" + CALL)).isNull();
    }

    @Test
    void theStatementStandsInTheStepBefore() throws IOException {
        String expected = "a statement that is not written in the step before";

        assertThat(found(CALL.stripLeading())).isEqualTo(expected);
        assertThat(found(STATEMENT.replace("constant:", "simple:") + "\n" + CALL)).isEqualTo(expected);
    }

    @Test
    void whatALandingWritesIsLeftToIt() throws IOException {
        for (String table : new String[] {"pennylane.customers", "pennylane_sync.batch", "pennylane_sync.checkpoint"}) {
            assertThat(found(STATEMENT.replace("pennylane_sync.seen_event", table) + "\n" + CALL)).as(table)
                    .isEqualTo("a statement over landed rows");
        }
    }

    @Test
    void noOtherDatabaseAndNoOtherPlace() throws IOException {
        String expected = "SQL outside the jobs";

        assertThat(found(STATEMENT + "\n" + CALL.replace("jdbc:warehouse", "jdbc:shareSource"))).isEqualTo(expected);
        assertThat(found(STATEMENT + "\n" + CALL.replace("jdbc:warehouse", "jdbc:dataSource"))).isEqualTo(expected);
        Files.writeString(routes.resolve(JOB), GoodRoutes.FILES.get(JOB));
        GoodRoutes.spoil(routes, "steps/land-batch.yaml", "- bean:", STATEMENT
                + CALL.replace("        - to", "\n        - to").replace("sweep-quarantine", "land-batch")
                + "        - bean:");
        assertThat(RouteLint.check(routes, List.of(new JobSql(AllowList.shipped())))).extracting(FactsFault::rule)
                .containsExactly(expected);
    }

    /** The rule that is broken by these steps of a job; null if none is. */
    private String found(String steps) throws IOException {
        GoodRoutes.spoil(routes, JOB, BEAN, steps);
        return RouteLint.check(routes, List.of(new JobSql(AllowList.shipped()))).stream().map(FactsFault::rule)
                .reduce((one, other) -> one + ", " + other)
                .orElse(null);
    }
}

package fr.pennylanesync.warehouse;

import fr.pennylanesync.postgres.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.List;

/** A process of its own that uses the embedded PostgreSQL: commits row after row, and says so after each commit. */
public final class CommittingRuntime {

    private CommittingRuntime() {}

    public static void main(String[] arguments) throws Exception {
        int rows = Integer.parseInt(arguments[1]);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(arguments[0]), 0);
                Connection connection = connect(postgres)) {
            connection.createStatement().execute("create table if not exists row_committed (number int primary key)");
            connection.createStatement().execute("truncate row_committed");
            connection.setAutoCommit(false);
            PreparedStatement insert = connection.prepareStatement("insert into row_committed values (?)");
            for (int number = 1; number <= rows; number++) {
                insert.setInt(1, number);
                insert.executeUpdate();
                connection.commit();
                System.out.println("committed " + number);
            }
        }
        System.out.println("closed");
    }

    public static Connection connect(EmbeddedPostgres postgres) throws Exception {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), postgres.password().reveal());
    }

    /** Command line of a child JVM on the given class path. */
    public static List<String> command(String classPath, Path directory, int rows) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(java, "-Xmx128m", "-XX:TieredStopAtLevel=1", "-cp", classPath,
                CommittingRuntime.class.getName(), directory.toString(), Integer.toString(rows));
    }
}

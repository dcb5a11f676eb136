package fr.pennylanesync.warehouse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells whether a schema is up to date by the list of migrations that the build leaves in the program: Flyway has to
 * find and read every script for that, which costs a short command more than all that it does. Where the list is not
 * there, or the schema is another, Flyway is asked.
 */
public final class ShippedMigrations {

    private static final String RESOURCE = "shipped-migrations.txt";
    private static final String SCRIPTS = "db/migration";
    private static final String APPLIED = """
            select case when success then script || ' ' || checksum else script end
            from pennylane_sync.flyway_schema_history where type <> 'SCHEMA'""";

    private ShippedMigrations() {}

    /** Tells whether exactly the program's own migrations are applied, each as the program has it. */
    static boolean areApplied(DataSource source) {
        Set<String> shipped = shipped();
        return !shipped.isEmpty() && shipped.equals(applied(source));
    }

    /** A schema that is not there, or may not be looked at, is none of ours: Flyway says what is wrong with it. */
    private static Set<String> applied(DataSource source) {
        try {
            return new HashSet<>(JdbcClient.create(source).sql(APPLIED).query(String.class).list());
        } catch (DataAccessException leftToFlyway) {
            return Set.of();
        }
    }

    private static Set<String> shipped() {
        try (InputStream list = ShippedMigrations.class.getResourceAsStream(RESOURCE)) {
            return list == null ? Set.of()
                    : Set.copyOf(new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /**
     * Leaves the list of a build's migrations in it.
     *
     * @param classes the root of what is compiled
     */
    public static void note(Path classes) throws IOException {
        Set<String> migrations = new TreeSet<>();
        try (var scripts = Files.newDirectoryStream(classes.resolve(SCRIPTS), "V*.sql")) {
            for (Path script : scripts) {
                migrations.add(script.getFileName() + " " + checksum(Files.readAllLines(script)));
            }
        }
        Files.writeString(classes.resolve(ShippedMigrations.class.getPackageName().replace('.', '/'))
                .resolve(RESOURCE), String.join("\n", migrations));
    }

    /** Returns the checksum that Flyway gives a script: of its lines, whatever ends them. */
    private static int checksum(List<String> lines) {
        CRC32 checksum = new CRC32();
        lines.forEach(line -> checksum.update(line.getBytes(StandardCharsets.UTF_8)));
        return (int) checksum.getValue();
    }
}

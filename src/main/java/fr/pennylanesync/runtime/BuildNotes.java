package fr.pennylanesync.runtime;

import fr.pennylanesync.postgres.PostgresBinaries;
import fr.pennylanesync.reload.LintedRoutes;
import fr.pennylanesync.warehouse.ShippedMigrations;
import java.io.IOException;
import java.nio.file.Path;

/** Notes in a build what every start would otherwise have to find out anew. The build runs it behind the compiler. */
public final class BuildNotes {

    private BuildNotes() {}

    /** @param arguments the root of what is compiled */
    public static void main(String[] arguments) throws IOException {
        Path classes = Path.of(arguments[0]);
        LintedRoutes.note(classes);
        ShippedMigrations.note(classes);
        PostgresBinaries.note(classes);
    }
}

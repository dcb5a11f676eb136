package fr.pennylanesync.cli;

import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.terminal.SqlPrinter;
import fr.pennylanesync.warehouse.WarehouseReader;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Opens the warehouse for SQL that reads. */
@Command(name = "psql", aliases = "sql",
        description = "Opens the warehouse, starting the embedded one if needed, and runs the SQL given, or psql, or"
                + " a small prompt where there is no psql. Nothing can be written.")
final class PsqlCommand implements Callable<Integer> {

    private static final String PROMPT = "pennylane=> ";
    private static final String PROMPT_WITHIN = "pennylane-> ";

    @Mixin
    private ConfigOption config;

    @Option(names = "--demo",
            description = "Look at the demo that is up, or at what the last `demo --once` left, and not at your own"
                    + " warehouse.")
    private boolean demo;

    @Option(names = "--csv", description = "Print CSV: every row, for programs.")
    private boolean csv;

    @Parameters(arity = "0..1", paramLabel = "SQL", description = "One statement; without it they are asked for.")
    private String sql;

    @Spec
    private CommandSpec spec;

    /** Exit codes: 0 done, 1 a statement failed, 2 there is no warehouse yet; else what psql ended with. */
    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        Settings.Warehouse settings = chosen(config.load());
        Host.tellWarehouse(settings);
        try (WarehouseReader reader = WarehouseReader.open(settings)) {
            if (reader.isEmpty()) {
                throw CommandErrorCode.refused("Nothing was synced into this warehouse yet: `sync` fills it.");
            }
            if (!reader.isReader()) {
                Voice.current().say("The warehouse has no role pennylane_reader for this login: reading with the rights"
                        + " of warehouse.username; docs/roles.sql makes the role.");
            }
            return run(reader);
        }
    }

    private int run(WarehouseReader reader) throws SQLException, IOException, InterruptedException {
        Optional<Path> program = program("psql");
        if (sql == null && System.console() != null && !csv && program.isPresent()) {
            return psql(program.get(), reader);
        }
        try (Connection connection = reader.connect()) {
            StopSignal.PROCESS.onStop(() -> abort(connection));
            SqlPrinter printer = new SqlPrinter(connection, spec.commandLine().getOut(), spec.commandLine().getErr(),
                    csv);
            return (sql == null ? prompt(printer) : printer.run(sql)) ? 0 : PennylaneSync.FAILED;
        }
    }

    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException gone) {
            Voice.current().say("The session ended.");
        }
    }

    /** Ctrl-C belongs to psql: it cancels a statement there. */
    private static int psql(Path program, WarehouseReader reader) throws IOException, InterruptedException {
        StopSignal.PROCESS.leaveInterrupts();
        ProcessBuilder builder = new ProcessBuilder(program.toString(), reader.psqlUrl()).inheritIO();
        builder.environment().putAll(reader.psqlEnvironment());
        Process psql = builder.start();
        StopSignal.PROCESS.onStop(psql::destroy);
        return psql.waitFor();
    }

    private static Optional<Path> program(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(directory -> !directory.isBlank()).map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable).findFirst();
    }

    /** @return whether every statement was carried out */
    private boolean prompt(SqlPrinter printer) throws IOException {
        boolean asks = System.console() != null;
        PrintWriter out = spec.commandLine().getOut();
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
        boolean good = true;
        StringBuilder statement = new StringBuilder();
        while (true) {
            if (asks) {
                out.print(statement.isEmpty() ? PROMPT : PROMPT_WITHIN);
                out.flush();
            }
            String line = input.readLine();
            if (line == null || statement.isEmpty() && line.strip().matches("\\\\q|exit|quit")) {
                return (statement.toString().isBlank() || printer.run(statement.toString())) && good;
            }
            statement.append(line).append('\n');
            if (line.stripTrailing().endsWith(";")) {
                good &= printer.run(statement.toString());
                statement.setLength(0);
            }
        }
    }

    /** Chooses the warehouse of the newest demo where that is asked for, or where there is nothing else. */
    private Settings.Warehouse chosen(Settings settings) throws IOException {
        Settings.Warehouse own = settings.warehouse();
        Optional<Path> shown = DemoCommand.warehouse();
        boolean nothingElse = own.database().isEmpty() && !Files.exists(own.embedded().directory());
        if (demo && shown.isEmpty()) {
            throw CommandErrorCode.refused("There is no demo here: `demo --once` makes one, and so does `demo`.");
        }
        if (!demo && nothingElse && shown.isEmpty()) {
            throw CommandErrorCode.refused("There is no warehouse in " + own.embedded().directory()
                    + " yet: `sync` makes it, or `demo --once` one with made-up companies.");
        }
        if (!demo && !nothingElse) {
            return own;
        }
        Path directory = shown.orElseThrow();
        Voice.current().say("Looking at the warehouse of the newest demo, in " + directory + ".");
        return new Settings.Warehouse(Optional.empty(), new Settings.Embedded(directory, 0), own.poolSize(),
                own.startTimeout());
    }
}

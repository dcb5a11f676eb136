package fr.pennylanesync.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table of figures, with the machine and the versions that they were measured on. It becomes a section of
 * {@code docs/reference/benchmarks.md}, the place of its earlier run; the sections of other benchmarks stay.
 */
final class BenchmarkReport {

    private static final Path PAGE = Path.of("docs", "reference", "benchmarks.md");
    private static final int FIRST_COLUMN = 44;
    private static final int COLUMN = 18;

    private final String title;
    private final List<Map<String, String>> lines = new ArrayList<>();
    private final List<String> verdicts = new ArrayList<>();

    BenchmarkReport(String title) {
        this.title = title;
    }

    /**
     * Adds a line.
     *
     * @param figures by column, the first of which says what was measured
     */
    void add(Map<String, String> figures) {
        lines.add(figures);
    }

    /** Adds what follows from the lines. */
    void conclude(String verdict) {
        verdicts.add(verdict);
    }

    /** Prints the table, writes it as JSON, and puts it into the page of all benchmarks. */
    void publish(String name) throws IOException {
        System.out.println(table());
        Files.writeString(PAGE, BenchmarkPage.read(PAGE).with(name, section()).toString());
        Path file = Path.of("target", "bench", name + ".json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, json().toPrettyString());
        System.out.println("as JSON: " + file);
    }

    private String table() throws IOException {
        StringBuilder text = new StringBuilder(title).append('\n').append(machine()).append("\n\n");
        text.append(line(lines.get(0).keySet().stream().toList())).append('\n');
        lines.forEach(figures -> text.append(line(List.copyOf(figures.values()))).append('\n'));
        verdicts.forEach(verdict -> text.append('\n').append(verdict));
        return text.append('\n').toString();
    }

    private String section() throws IOException {
        List<String> columns = List.copyOf(lines.get(0).keySet());
        StringBuilder text = new StringBuilder(title).append(".\n\n").append(row(columns)).append('|')
                .append("---|".repeat(columns.size())).append('\n');
        lines.forEach(figures -> text.append(row(List.copyOf(figures.values()))));
        verdicts.forEach(verdict -> text.append('\n').append(verdict).append('\n'));
        return text.append("\nMeasured on ").append(LocalDate.now(ZoneOffset.UTC)).append(": ").append(machine())
                .append(".\n").toString();
    }

    private static String row(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String line(List<String> cells) {
        return String.format(Locale.ROOT, "%-" + FIRST_COLUMN + "s", cells.get(0))
                + cells.stream().skip(1).map(cell -> String.format(Locale.ROOT, "%" + COLUMN + "s", cell))
                        .collect(Collectors.joining());
    }

    private ObjectNode json() throws IOException {
        ObjectNode report = JsonNodeFactory.instance.objectNode().put("title", title).put("machine", machine());
        ArrayNode measured = report.putArray("measured");
        for (Map<String, String> figures : lines) {
            ObjectNode line = measured.addObject();
            figures.forEach(line::put);
        }
        ArrayNode concluded = report.putArray("verdicts");
        verdicts.forEach(concluded::add);
        return report;
    }

    private static String machine() throws IOException {
        return Runtime.getRuntime().availableProcessors() + " processors" + model() + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.arch") + "; Java " + Runtime.version()
                + ", PostgreSQL " + version("postgres.binaries.version") + ", Camel " + version("camel.version")
                + ", PostgreSQL's driver " + version("postgresql.version");
    }

    private static String model() throws IOException {
        Path cpus = Path.of("/proc/cpuinfo");
        if (!Files.exists(cpus)) {
            return "";
        }
        try (Stream<String> facts = Files.lines(cpus)) {
            return facts.filter(fact -> fact.startsWith("model name")).findFirst()
                    .map(fact -> " (" + fact.substring(fact.indexOf(':') + 1).strip() + ")").orElse("");
        }
    }

    private static String version(String property) {
        return System.getProperty("bench." + property, "of unknown version");
    }
}

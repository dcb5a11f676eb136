package fr.pennylanesync.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A table of figures, with the machine that they were measured on. */
final class BenchmarkReport {

    private static final int FIRST_COLUMN = 44;
    private static final int COLUMN = 16;

    private final String title;
    private final List<Map<String, String>> lines = new ArrayList<>();
    private final List<String> verdicts = new ArrayList<>();

    BenchmarkReport(String title) {
        this.title = title;
    }

    /** Adds a line. @param figures by column, the first of which says what was measured */
    void add(Map<String, String> figures) {
        lines.add(figures);
    }

    /** Adds what follows from the lines. */
    void conclude(String verdict) {
        verdicts.add(verdict);
    }

    /** Prints the table, and writes it as JSON. */
    void publish(String name) throws IOException {
        System.out.println(table());
        Path file = Path.of("target", "benchmarks", name + ".json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, json().toPrettyString());
        System.out.println("as JSON: " + file);
    }

    private String table() {
        StringBuilder text = new StringBuilder(title).append('\n').append(machine()).append("\n\n");
        text.append(line(lines.get(0).keySet().stream().toList())).append('\n');
        lines.forEach(figures -> text.append(line(List.copyOf(figures.values()))).append('\n'));
        verdicts.forEach(verdict -> text.append('\n').append(verdict));
        return text.append('\n').toString();
    }

    private static String line(List<String> cells) {
        return String.format(Locale.ROOT, "%-" + FIRST_COLUMN + "s", cells.get(0))
                + cells.stream().skip(1).map(cell -> String.format(Locale.ROOT, "%" + COLUMN + "s", cell))
                        .collect(Collectors.joining());
    }

    private ObjectNode json() {
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

    private static String machine() {
        return Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", Java " + Runtime.version();
    }
}

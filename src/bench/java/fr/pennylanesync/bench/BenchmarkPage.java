package fr.pennylanesync.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The page of all benchmarks: a section for each, in the order of their names.
 *
 * @param sections the text of each without its heading
 */
record BenchmarkPage(Map<String, String> sections) {

    private static final String HEADING = "## -Dbench=";
    private static final String HEAD = """
            # Benchmarks

            Each section is written by the benchmark itself, `mvn -Pbench verify -Dbench=NAME`, and says what it
            measured when it ran last, and on which machine. What it is held against ran in the same minutes on the same
            machine: compare lines of one section, not of two. The sources are in `src/bench/java`.
            """;

    BenchmarkPage {
        sections = Map.copyOf(sections);
    }

    static BenchmarkPage read(Path page) throws IOException {
        Map<String, String> sections = new TreeMap<>();
        if (Files.exists(page)) {
            String[] parts = Files.readString(page).split("(?m)^" + HEADING);
            for (int i = 1; i < parts.length; i++) {
                String[] lines = parts[i].split("\n", 2);
                sections.put(lines[0].strip(), lines[1].strip() + "\n");
            }
        }
        return new BenchmarkPage(sections);
    }

    BenchmarkPage with(String name, String section) {
        Map<String, String> all = new TreeMap<>(sections);
        all.put(name, section);
        return new BenchmarkPage(all);
    }

    @Override
    public String toString() {
        return HEAD + new TreeMap<>(sections).entrySet().stream()
                .map(section -> "\n" + HEADING + section.getKey() + "\n\n" + section.getValue())
                .collect(Collectors.joining());
    }
}

package fr.pennylanesync.bench;

import fr.pennylanesync.bench.Benchmarks.Benchmark;
import fr.pennylanesync.postgres.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The tests of a build, as it runs them, several times in a row: how often did each fail?
 *
 * <p>{@code -Dbench.times=20}: so many runs; {@code -Dbench.tests='Crash*,*Lease*'}: only these classes, as Surefire
 * spells them; empty: all of them, some twenty minutes each time.
 */
final class FlakesBenchmark implements Benchmark {

    private static final int TIMES = Integer.getInteger("bench.times", 20);
    private static final String TESTS = System.getProperty("bench.tests", "");
    /** The classes that JMH makes of the inner loops are called tests. */
    private static final String NO_GENERATED = ",!*_jmhTest";
    private static final Path REPORTS = Path.of("target", "surefire-reports");

    /**
     * One run.
     *
     * @param failed names of the tests that failed
     */
    private record Run(int tests, List<String> failed, double minutes) {}

    @Override
    public BenchmarkReport run() throws Exception {
        BenchmarkReport report = new BenchmarkReport(
                "Runs in a row of " + (TESTS.isEmpty() ? "every test of a build" : "`" + TESTS + "`"));
        Map<String, Integer> failures = new TreeMap<>();
        for (int number = 1; number <= TIMES; number++) {
            Run run = once();
            run.failed().forEach(test -> failures.merge(test, 1, Integer::sum));
            System.err.println(number + ": " + run);
            report.add(figures(number, run));
        }
        failures.forEach((test, times) -> report.conclude(test + " failed " + times + " times of " + TIMES));
        if (failures.isEmpty()) {
            report.conclude("none failed in " + TIMES + " runs");
        }
        return report;
    }

    private static Run once() throws Exception {
        if (Files.exists(REPORTS)) {
            FileTrees.delete(REPORTS);
        }
        List<String> line = List.of("mvn", "-B", "-ntp", "-q", "surefire:test", "-Dmaven.test.failure.ignore=true",
                "-Dtest=" + (TESTS.isEmpty() ? "*Test" : TESTS) + NO_GENERATED,
                "-Dsurefire.failIfNoSpecifiedTests=true");
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(line).redirectErrorStream(true)
                .redirectOutput(Files.createDirectories(Path.of("target", "bench")).resolve("tests.log").toFile())
                .start();
        int exit = process.waitFor();
        double minutes = (System.nanoTime() - begin) / 60e9;
        if (exit != 0) {
            throw new IOException("the tests did not run: mvn ended with " + exit + ", see target/bench/tests.log");
        }
        return read(minutes);
    }

    private static Run read(double minutes) throws Exception {
        int tests = 0;
        List<String> failed = new ArrayList<>();
        try (Stream<Path> files = Files.list(REPORTS)) {
            for (Path file : files.filter(each -> each.getFileName().toString().startsWith("TEST-")).sorted()
                    .toList()) {
                NodeList cases = cases(file);
                tests += cases.getLength();
                for (int i = 0; i < cases.getLength(); i++) {
                    Element test = (Element) cases.item(i);
                    if (has(test, "failure") || has(test, "error")) {
                        failed.add(test.getAttribute("classname").replaceFirst(".*\\.", "") + "."
                                + test.getAttribute("name"));
                    }
                }
            }
        }
        return new Run(tests, failed, minutes);
    }

    private static NodeList cases(Path file) throws IOException, ParserConfigurationException, SAXException {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile())
                .getElementsByTagName("testcase");
    }

    private static boolean has(Element test, String outcome) {
        return test.getElementsByTagName(outcome).getLength() > 0;
    }

    private static Map<String, String> figures(int number, Run run) {
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("run", Integer.toString(number));
        figures.put("tests", String.format(Locale.ROOT, "%,d", run.tests()));
        figures.put("failed", Integer.toString(run.failed().size()));
        figures.put("minutes", String.format(Locale.ROOT, "%.1f", run.minutes()));
        return figures;
    }
}

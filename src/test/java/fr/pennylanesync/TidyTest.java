package fr.pennylanesync;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * This test holds the limits of size that keep a file readable. The formatter cannot hold them: it breaks no text, and
 * it splits neither a method nor a class. Tests may be as long as their subject has cases.
 */
class TidyTest {

    private static final int COLUMNS_MAX = 120;
    private static final int CLASS_LINES_MAX = 300;
    private static final int METHOD_LINES_MAX = 40;
    private static final List<Path> PRODUCT = List.of(Path.of("src/main/java"), Path.of("src/sandbox/java"));
    private static final List<Path> ALL = List.of(Path.of("src/main/java"), Path.of("src/sandbox/java"),
            Path.of("src/test/java"), Path.of("src/bench/java"));

    /** One parsed file. */
    private record Source(CompilationUnitTree unit, SourcePositions positions, List<String> lines) {

        String place(Tree tree) {
            return unit.getSourceFile().getName() + ":" + line(positions.getStartPosition(unit, tree));
        }

        /** Counts the lines of a declaration that hold code: neither blank nor part of a comment. */
        long codeLines(Tree tree) {
            int first = line(positions.getStartPosition(unit, tree));
            int last = line(positions.getEndPosition(unit, tree));
            return IntStream.rangeClosed(first, last).mapToObj(number -> lines.get(number - 1).strip())
                    .filter(Source::isCode).count();
        }

        private static boolean isCode(String line) {
            return !line.isEmpty() && Stream.of("//", "/*", "* ", "*/").noneMatch(line::startsWith)
                    && !line.equals("*");
        }

        private int line(long position) {
            LineMap map = unit.getLineMap();
            return (int) map.getLineNumber(position);
        }
    }

    @Test
    void noLineIsTooLong() {
        assertThat(files(ALL).flatMap(file -> longLines(file).stream())).isEmpty();
    }

    @Test
    void noMethodAndNoClassOfTheProductIsTooLong() throws IOException {
        List<String> faults = new ArrayList<>();
        for (Source source : parsed(PRODUCT)) {
            source.unit().accept(new TreeScanner<Void, Void>() {

                @Override
                public Void visitClass(ClassTree type, Void nothing) {
                    check(source, type, CLASS_LINES_MAX, faults);
                    return super.visitClass(type, nothing);
                }

                @Override
                public Void visitMethod(MethodTree method, Void nothing) {
                    check(source, method, METHOD_LINES_MAX, faults);
                    return super.visitMethod(method, nothing);
                }
            }, null);
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void noTwoFilesNameTheirClassAlike() {
        Map<String, List<Path>> byName = new HashMap<>();
        files(ALL).filter(file -> !file.endsWith("package-info.java"))
                .forEach(file -> byName.computeIfAbsent(file.getFileName().toString(), name -> new ArrayList<>())
                        .add(file));
        assertThat(byName.values()).hasSizeGreaterThan(500).allSatisfy(same -> assertThat(same).hasSize(1));
    }

    private static void check(Source source, Tree tree, long most, List<String> faults) {
        long lines = source.codeLines(tree);
        if (lines > most) {
            faults.add(source.place(tree) + " has " + lines + " lines of code, more than " + most);
        }
    }

    private static List<String> longLines(Path file) {
        List<String> lines = lines(file);
        return IntStream.range(0, lines.size()).filter(i -> lines.get(i).length() > COLUMNS_MAX)
                .mapToObj(i -> file + ":" + (i + 1)).toList();
    }

    private static List<Source> parsed(List<Path> roots) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null,
                    manager.getJavaFileObjectsFromPaths(files(roots).toList()));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            List<Source> sources = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                sources.add(new Source(unit, positions, lines(Path.of(unit.getSourceFile().toUri()))));
            }
            return sources;
        }
    }

    private static Stream<Path> files(List<Path> roots) {
        return roots.stream().flatMap(TidyTest::javaFiles);
    }

    private static Stream<Path> javaFiles(Path root) {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

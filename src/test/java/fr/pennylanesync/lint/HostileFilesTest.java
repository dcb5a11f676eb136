package fr.pennylanesync.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.reload.RouteSnapshot;
import fr.pennylanesync.reload.RouteVersion;
import fr.pennylanesync.stream.FactsFault;
import fr.pennylanesync.stream.RoutesException;
import fr.pennylanesync.stream.StreamOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever lies in the routes directory is refused by file, line and remedy; nothing that reads it dies of it. */
class HostileFilesTest {

    private static final int DEEP = 40_000;

    @TempDir
    private Path routes;

    static Stream<Arguments> files() {
        byte[] random = new byte[50_000];
        new Random(7).nextBytes(random);
        return Stream.of(
                Arguments.of("nested lists", text("[".repeat(DEEP) + "]".repeat(DEEP))),
                Arguments.of("nested lists that do not end", text("[".repeat(DEEP))),
                Arguments.of("nested maps", text("{a: ".repeat(DEEP / 2))),
                Arguments.of("nested by dashes", text("- ".repeat(DEEP) + "a")),
                Arguments.of("nested by lines", text(byLines(400))),
                Arguments.of("an alias of itself", text("- &a\n  b: *a\n")),
                Arguments.of("aliases of aliases", text(aliases())),
                Arguments.of("a key of 90 kB", text("a".repeat(90_000) + ": 1\n")),
                Arguments.of("a list as a key", text("? [a, b]\n: c\n")),
                Arguments.of("a tag of another class", text("!!javax.script.ScriptEngineManager [a]\n")),
                Arguments.of("nothing", text("")),
                Arguments.of("only a comment", text("# nothing\n")),
                Arguments.of("one word", text("route")),
                Arguments.of("null", text("~\n")),
                Arguments.of("a zero byte", text("- route:\n    id: a\u0000b\n")),
                Arguments.of("a lone half of a surrogate",
                        new byte[] {'-', ' ', (byte) 0xed, (byte) 0xa0, (byte) 0x80}),
                Arguments.of("UTF-16", "- route:\n    id: x\n".getBytes(StandardCharsets.UTF_16)),
                Arguments.of("random bytes", random),
                Arguments.of("a number beyond any", text("- route: " + "9".repeat(90_000) + "\n")),
                Arguments.of("more than a route file can have", text("# ".repeat(60_000))));
    }

    private static byte[] text(String content) {
        return content.getBytes(StandardCharsets.UTF_8);
    }

    private static String byLines(int depth) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            out.append(" ".repeat(i)).append("a:\n");
        }
        return out.toString();
    }

    private static String aliases() {
        StringBuilder out = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 30; i++) {
            String before = "*a" + (i - 1);
            out.append("a%d: &a%d [%s, %s]\n".formatted(i, i, before, before));
        }
        return out.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void isRefusedByFileAndRemedy(String name, byte[] content) throws IOException {
        Path file = copyOfOurs().resolve("steps/hostile.camel.yaml");
        Files.write(file, content);

        List<FactsFault> faults = RouteLint.check(routes);

        assertThat(faults).isNotEmpty().allSatisfy(fault -> {
            assertThat(fault.file()).isEqualTo(file.toString());
            assertThat(fault.rule()).isNotBlank();
            assertThat(fault.remedy()).isNotBlank();
        });
        assertThatThrownBy(
                () -> RouteVersion.checked(RouteSnapshot.read(routes), StreamOptions.NONE, AllowList.shipped()))
                .isInstanceOf(RoutesException.class);
    }

    private Path copyOfOurs() throws IOException {
        try (Stream<Path> ours = Files.walk(Path.of("routes"))) {
            for (Path path : ours.toList()) {
                Path copy = routes.resolve(Path.of("routes").relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(path, copy);
                }
            }
        }
        return routes;
    }
}

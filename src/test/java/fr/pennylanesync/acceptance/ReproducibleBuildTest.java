package fr.pennylanesync.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import fr.pennylanesync.hash.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar is the same wherever it is built: what somebody builds can be compared with what somebody else runs. It holds
 * what routes may use, and no other component.
 */
@Tag("minutes")
class ReproducibleBuildTest {

    private static final List<String> SOURCES =
            List.of("pom.xml", "src", "routes", "docs", "formatter.xml", "LICENSE", "NOTICE");
    private static final String CAMEL = "META-INF/services/org/apache/camel/";
    private static final String JAR = "target/pennylane-sync.jar";

    @TempDir
    private static Path home;

    private static Path jar;
    private static Path other;

    @BeforeAll
    static void buildTwice() throws Exception {
        jar = build("one", "0022", Map.of("LC_ALL", "C", "TZ", "Pacific/Kiritimati"));
        other = build("another folder \u00e9", "0077", Map.of("LC_ALL", "C.UTF-8", "TZ", "America/St_Johns",
                "MAVEN_OPTS", "-Duser.language=tr -Duser.country=TR"));
    }

    private static Path build(String folder, String umask, Map<String, String> environment) throws Exception {
        Path project = Files.createDirectory(home.resolve(folder));
        for (String source : SOURCES) {
            copy(Path.of(source), project.resolve(source));
        }
        ProcessBuilder maven = new ProcessBuilder("sh", "-c", "umask " + umask
                + "; exec mvn -o -B -ntp -q package -DskipTests -Dmaven.test.skip=true").directory(project.toFile())
                .redirectErrorStream(true);
        maven.environment().putAll(environment);
        Process process = maven.start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as("%s", output).isZero();
        return project.resolve(JAR);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    @Test
    void theJarIsTheSameWhereverItIsBuilt() throws IOException {
        if (Files.mismatch(jar, other) >= 0) {
            Map<String, String> one = entries(jar);
            Map<String, String> two = entries(other);
            TreeSet<String> names = new TreeSet<>(one.keySet());
            names.addAll(two.keySet());
            names.removeIf(name -> one.getOrDefault(name, "").equals(two.getOrDefault(name, "")));
            fail("these differ: " + names + (names.isEmpty() ? "order or modes" : ""));
        }
    }

    @Test
    void theSbomInTheJarIsTheOneBesideIt() throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            byte[] inside =
                    file.getInputStream(file.getJarEntry("META-INF/sbom/pennylane-sync.cdx.json")).readAllBytes();
            assertThat(jar.resolveSibling("pennylane-sync.cdx.json")).hasBinaryContent(inside);
        }
    }

    @Test
    void noOtherComponentOrLanguageIsInTheJar() throws IOException {
        // Those of mail are one library: alarms may be sent by it where routes.allow says so, and no route else.
        assertThat(factories("component")).containsExactlyInAnyOrder("aws2-s3", "bean", "direct", "http", "https",
                "jdbc", "quartz", "smtp", "smtps", "imap", "imaps", "pop3", "pop3s");
        assertThat(factories("language")).containsExactlyInAnyOrder("bean", "constant", "simple");
    }

    @Test
    void licenceAndNoticeOfWhatIsBundledAreThere() throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            assertThat(new String(file.getInputStream(file.getJarEntry("META-INF/NOTICE")).readAllBytes()))
                    .contains("pennylane-sync", "logback", "Redshift", "Camel").doesNotContain("\ufffd");
            assertThat(new String(file.getInputStream(file.getJarEntry("META-INF/LICENSE")).readAllBytes()))
                    .contains("Apache License", "PostgreSQL Global Development Group");
        }
    }

    private static TreeSet<String> factories(String kind) throws IOException {
        TreeSet<String> names = new TreeSet<>();
        entries(jar).keySet().stream().filter(name -> name.startsWith(CAMEL + kind + "/") && !name.endsWith("/"))
                .forEach(name -> names.add(name.substring(name.lastIndexOf('/') + 1)));
        return names;
    }

    private static Map<String, String> entries(Path archive) throws IOException {
        Map<String, String> entries = new HashMap<>();
        try (JarFile file = new JarFile(archive.toFile())) {
            for (JarEntry entry : file.stream().toList()) {
                entries.put(entry.getName(), Sha256.of(file.getInputStream(entry).readAllBytes()) + " "
                        + entry.getTimeLocal());
            }
        }
        return new TreeMap<>(entries);
    }
}

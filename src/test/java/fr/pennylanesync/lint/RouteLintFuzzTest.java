package fr.pennylanesync.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import fr.pennylanesync.fuzz.Mutations;
import fr.pennylanesync.stream.FactsFault;
import fr.pennylanesync.stream.LocatedYaml;
import fr.pennylanesync.stream.RoutesException;
import fr.pennylanesync.stream.StreamFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Whatever a route file holds, it is judged, and what the judge has read is what Camel's reader of YAML would read: the
 * two are not the same.
 */
public class RouteLintFuzzTest {

    private static final Path ROUTES = Jimfs.newFileSystem(Configuration.unix()).getPath("/routes");
    private static final Mutations FILES =
            Mutations.of(shipped(), "- ", ": ", "&a ", "*a", "!!java.lang.Runtime ", "<<: ",
                    "|-\n", ">\n", "\"\\e[2J\"", "'", "\"", "# ", "---\n", "...\n", "%YAML 1.2\n", "\t", "\r", "\u0085",
                    "\u2028", "? ",
                    "{a: b}", "[a, b]", "${body}", "{{env:HOME}}", "bean:", "uri: exec:ls", "steps:\n", "0x1F", "1_000",
                    "yes", "~",
                    "\ufeff", "\u001b");

    private static final int SCHEMA_ONCE_IN = 32;
    private static final List<Rule> OURS = Stream.concat(
            RouteLint.GENERAL.stream().filter(rule -> !(rule instanceof CamelSchema)),
            Stream.of(new AllowedOnly(AllowList.shipped()), new JobSql(AllowList.shipped()), new GuaranteedSteps()))
            .toList();

    private static List<String> shipped() {
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            List<String> texts = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                texts.add(Files.readString(file));
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Property(tries = 150)
    void aFileIsJudged(@ForAll("files") byte[] file) throws IOException {
        check(file);
    }

    @Property(tries = 500)
    void bothReadersReadTheSame(@ForAll("files") byte[] file) {
        checkReaders(new String(file, StandardCharsets.UTF_8));
    }

    @Property(tries = 500)
    void factsAreReadOrRefused(@ForAll("files") byte[] file) {
        checkFacts(new String(file, StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<byte[]> files() {
        return FILES.inputs();
    }

    /**
     * Is what Jazzer calls; see CONTRIBUTING.md. Camel's schema takes most of the time, and none of its code is ours:
     * one input in so many is held against it, the same ones each time.
     */
    public static void fuzzerTestOneInput(byte[] file) throws IOException {
        String text = new String(file, StandardCharsets.UTF_8);
        checkReaders(text);
        checkFacts(text);
        if (Arrays.hashCode(file) % SCHEMA_ONCE_IN == 0) {
            check(file);
        } else {
            write(file);
            assertPlain(RouteLint.check(ROUTES, OURS));
        }
    }

    static void check(byte[] file) throws IOException {
        write(file);
        assertPlain(RouteLint.check(ROUTES));
    }

    private static void write(byte[] file) throws IOException {
        Files.createDirectories(ROUTES.resolve("steps"));
        Files.write(ROUTES.resolve("steps/read-page.camel.yaml"), file);
    }

    static void checkFacts(String text) {
        try {
            StreamFile.read("streams/customers.camel.yaml", text);
        } catch (RoutesException refused) {
            assertPlain(refused.faults());
        }
    }

    private static void assertPlain(List<FactsFault> faults) {
        assertThat(faults).allSatisfy(fault -> {
            assertThat(fault.rule()).isNotBlank();
            assertThat(fault.toString()).doesNotContain("\u001b", "\r", "\u0085", "\u2028");
        });
    }

    static void checkReaders(String text) {
        JsonNode ours;
        try {
            ours = LocatedYaml.read("steps/a.camel.yaml", text).root();
        } catch (RoutesException refused) {
            return;
        }
        Node theirs = new Compose(LoadSettings.builder().build()).composeString(text).orElse(null);
        if (theirs == null) {
            assertThat(ours.isMissingNode() || ours.isNull()).isTrue();
        } else {
            assertSame(ours, theirs, "");
        }
    }

    private static void assertSame(JsonNode ours, Node theirs, String at) {
        if (theirs instanceof MappingNode mapping) {
            assertThat(ours.isObject()).as(at).isTrue();
            List<String> keys = new ArrayList<>();
            ours.fieldNames().forEachRemaining(keys::add);
            assertThat(mapping.getValue().stream().map(field -> scalar(field.getKeyNode())).toList()).as(at)
                    .isEqualTo(keys);
            for (NodeTuple field : mapping.getValue()) {
                String key = scalar(field.getKeyNode());
                assertSame(ours.get(key), field.getValueNode(), at + "/" + key);
            }
        } else if (theirs instanceof SequenceNode list) {
            assertThat(ours.isArray()).as(at).isTrue();
            assertThat(ours.size()).as(at).isEqualTo(list.getValue().size());
            for (int item = 0; item < ours.size(); item++) {
                assertSame(ours.get(item), list.getValue().get(item), at + "/" + item);
            }
        } else if (ours.isTextual()) {
            assertThat(ours.textValue()).as(at).isEqualTo(scalar(theirs));
        } else {
            assertThat(ours.isValueNode()).as(at).isTrue();
        }
    }

    private static String scalar(Node node) {
        assertThat(node).isInstanceOf(ScalarNode.class);
        return ((ScalarNode) node).getValue();
    }
}

package fr.pennylanesync.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import fr.pennylanesync.camel.Placeholders;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.settings.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenDirectoryTest {

    private static final OAuthTokens NO_OAUTH = (file, text) -> {
        throw new AssertionError("no OAuth file here");
    };

    @TempDir
    Path directory;

    private TokenDirectory tokens;

    @BeforeEach
    void open() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        tokens = new TokenDirectory(directory,
                text -> Map.of("{{env:TOKEN}}", "from-env", "{{env:SECRET\u00e9}}", "x y")
                        .getOrDefault(text, text),
                NO_OAUTH);
    }

    @Test
    void findsEachCompanysToken() throws IOException {
        write("acme.token", "token-acme\n");
        write("b-2_x.token", "token-b\r\n");
        write("b-2_x.token.next", "token-b-next");
        write("README.md", "not a token");
        write(".hidden.token", "x");
        TokenScan scan = tokens.scan();
        assertThat(scan.files()).containsOnlyKeys("acme", "b-2_x");
        assertThat(scan.usable("acme").orElseThrow().token().reveal()).isEqualTo("token-acme");
        assertThat(scan.usable("b-2_x").orElseThrow().next().orElseThrow().reveal()).isEqualTo("token-b-next");
        assertThat(scan.toString()).doesNotContain("token-acme", "token-b");
    }

    @Test
    void noticesAChangeThatLeavesTheDateAlone() throws IOException {
        Path file = write("acme.token", "token-old");
        Secret before = tokens.scan().usable("acme").orElseThrow().token();
        var date = Files.getLastModifiedTime(file);
        Files.writeString(file, "token-new");
        Files.setLastModifiedTime(file, date);
        assertThat(tokens.scan().usable("acme").orElseThrow().token()).isNotEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"rw-r-----", "rw----r--", "rw-rw----", "rwx------", "rw-r--r--", "rwxrwxrwx"})
    void refusesAModeWiderThan0600(String mode) throws IOException {
        Path file = write("acme.token", "token");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        assertFault("acme", TokenErrorCode.MODE_TOO_WIDE);
    }

    @Test
    void takesANarrowerMode() throws IOException {
        Path file = write("acme.token", "token");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        assertThat(tokens.scan().usable("acme")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '#', value = {
            "##                  | EMPTY",
            "#\n#                | EMPTY",
            "#   \n#             | EMPTY",
            "#one\ntwo#          | SEVERAL_LINES",
            "#one\n\n#           | SEVERAL_LINES",
            "#one\rtwo#          | SEVERAL_LINES",
            "#to\u001bken#       | NOT_A_TOKEN",
            "#\uFEFFtoken#       | NOT_A_TOKEN",
            "#Bearer token#      | NOT_A_TOKEN",
            "#'token'#           | NOT_A_TOKEN",
            "#t\u00f6ken#        | NOT_A_TOKEN",
            "#{{env:UNKNOWN}}#   | PLACEHOLDER_UNRESOLVED",
    })
    void refusesWhatIsNotOneToken(String content, TokenErrorCode fault) throws IOException {
        write("acme.token", content == null ? "" : content);
        write("fine.token", "token-fine");
        assertFault("acme", fault);
        assertThat(tokens.scan().usable("fine")).isPresent();
    }

    @Test
    void refusesBytesThatAreNoTextAndFilesThatAreTooLarge() throws IOException {
        Files.write(write("acme.token", "x"), new byte[] {(byte) 0xff, (byte) 0xfe, 1});
        assertFault("acme", TokenErrorCode.NOT_A_TOKEN);
        write("acme.token", "to\0ken");
        assertFault("acme", TokenErrorCode.NOT_A_TOKEN);
        write("acme.token", "x".repeat(20_000));
        assertFault("acme", TokenErrorCode.TOO_LARGE);
    }

    /** Root could read it; an ordinary user cannot read a private file of somebody else at all. */
    @Test
    void refusesAPrivateFileOfSomebodyElse() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "we are not root");
        Path file = write("acme.token", "token-planted");
        Files.setAttribute(file, "unix:uid", 65_534);
        assertFault("acme", TokenErrorCode.FOREIGN_OWNER);
        Files.setAttribute(directory, "unix:uid", 65_534);
        assertThat(tokens.scan().usable("acme")).as("who owns the directory decides anyway").isPresent();
        Files.setAttribute(directory, "unix:uid", 0);
        Path elsewhere = Files.move(file, directory.resolveSibling(directory.getFileName() + "-planted"));
        Files.createSymbolicLink(file, elsewhere);
        assertFault("acme", TokenErrorCode.FOREIGN_OWNER);
        Files.delete(elsewhere);
    }

    /** Two files take each other's place all the time; the one that others can read is never what is read. */
    @Test
    void readsTheFileThatItLookedAt() throws Exception {
        write("fine", "token-fine");
        Files.setPosixFilePermissions(write("open", "token-open"), PosixFilePermissions.fromString("rw-rw-rw-"));
        AtomicBoolean going = new AtomicBoolean(true);
        Thread swapping = new Thread(() -> {
            while (going.get()) {
                link("fine");
                link("open");
            }
        });
        link("fine");
        swapping.start();
        Set<String> read = new HashSet<>();
        try {
            for (int time = 0; time < 1_000; time++) {
                tokens.scan().usable("acme").ifPresent(usable -> read.add(usable.token().reveal()));
            }
        } finally {
            going.set(false);
            swapping.join();
        }
        assertThat(read).isSubsetOf("token-fine");
    }

    private void link(String target) {
        try {
            Path fresh = directory.resolve(".fresh");
            Files.deleteIfExists(fresh);
            Files.createLink(fresh, directory.resolve(target));
            Files.move(fresh, directory.resolve("acme.token"), StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void refusesADirectoryOrADanglingLinkInPlaceOfAFile() throws IOException {
        Files.createDirectory(directory.resolve("acme.token"));
        Files.createSymbolicLink(directory.resolve("gone.token"), directory.resolve("nowhere"));
        write("fine.token", "token-fine");
        assertFault("acme", TokenErrorCode.NOT_A_FILE);
        assertFault("gone", TokenErrorCode.VANISHED);
        assertThat(tokens.scan().usable("fine")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Acme.token", "-acme.token", "ac me.token", "ac.me.token", "ac\u0007me.token", "\u00e9.token"})
    void refusesAnAliasThatIsNotPlain(String name) throws IOException {
        write(name, "token");
        assertThat(tokens.scan().files()).hasSize(1).allSatisfy((shown, file) -> {
            assertThat(shown).matches("[A-Za-z0-9_?-]+");
            assertThat(file).isEqualTo(new TokenFile.Faulty(shown, TokenErrorCode.ALIAS_INVALID));
        });
    }

    @Test
    void wantsACurrentTokenBesideTheNext() throws IOException {
        write("acme.token.next", "token");
        assertFault("acme", TokenErrorCode.NEXT_WITHOUT_CURRENT);
    }

    @Test
    void resolvesAPlaceholder() throws IOException {
        write("acme.token", "{{env:TOKEN}}\n");
        assertThat(tokens.scan().usable("acme").orElseThrow().token().reveal()).isEqualTo("from-env");
    }

    @Test
    void resolvesTheEnvironmentThroughTheRuntimesOwnPlaceholders() throws IOException {
        write("acme.token", "{{env:PATH}}");
        write("none.token", "{{env:SURELY_NOT_DEFINED_HERE}}");
        TokenDirectory real = new TokenDirectory(directory, Placeholders::resolve, NO_OAUTH);
        assertThat(real.scan().usable("acme").orElseThrow().token().reveal()).isEqualTo(System.getenv("PATH"));
        assertThat(real.scan().files().get("none"))
                .isEqualTo(new TokenFile.Faulty("none", TokenErrorCode.PLACEHOLDER_UNRESOLVED));
    }

    @Test
    void readsAKubernetesSecretVolumeAsOneVersion() throws IOException {
        volume("..2026_11_22", "token-one");
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..2026_11_22"));
        for (String name : new String[] {"acme.token", "bali.token"}) {
            Files.createSymbolicLink(directory.resolve(name), Path.of("..data", name));
        }
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(tokens.scan().usable("acme").orElseThrow().token().reveal()).isEqualTo("token-one");

        volume("..2026_11_23", "token-two");
        Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("..2026_11_23"));
        Files.move(directory.resolve("..data_tmp"), directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        assertThat(tokens.scan().usable("acme").orElseThrow().token().reveal()).isEqualTo("token-two");
        assertThat(tokens.scan().files()).containsOnlyKeys("acme", "bali");

        Files.setPosixFilePermissions(directory.resolve("..2026_11_23/acme.token"),
                PosixFilePermissions.fromString("rw-r--r--"));
        assertFault("acme", TokenErrorCode.MODE_TOO_WIDE);
    }

    @Test
    void saysWhatIsWrongWithTheDirectory() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(tokens.scan().fault()).contains(TokenErrorCode.DIRECTORY_WRITABLE_BY_ALL);
        TokenDirectory missing = new TokenDirectory(directory.resolve("none"), text -> text, NO_OAUTH);
        assertThat(missing.scan().fault()).contains(TokenErrorCode.DIRECTORY_MISSING);
    }

    @Test
    void replacesATokenAtomicallyAndPrivately() throws IOException {
        Path file = write("acme.token", "token-old");
        write("acme.token.next", "token-new\n");
        tokens.replace("acme", Secret.of("token-new"));
        assertThat(Files.readString(file)).isEqualTo("token-new\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        try (var left = Files.list(directory)) {
            assertThat(left).containsExactly(file);
        }
        assertThatThrownBy(() -> tokens.replace("../acme", Secret.of("x"))).isInstanceOf(SyncException.class);
    }

    @Test
    void givesEachFaultARemedy() {
        assertThat(TokenErrorCode.values()).allSatisfy(fault -> assertThat(fault.remedy()).hasSizeBetween(10, 160));
    }

    private void volume(String version, String token) throws IOException {
        Path versioned = Files.createDirectory(directory.resolve(version));
        for (String name : new String[] {"acme.token", "bali.token"}) {
            Path file = Files.writeString(versioned.resolve(name), token);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
        }
    }

    private void assertFault(String alias, TokenErrorCode fault) {
        assertThat(tokens.scan().files().get(alias)).isEqualTo(new TokenFile.Faulty(alias, fault));
    }

    private Path write(String name, String content) throws IOException {
        Path file = Files.writeString(directory.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }
}

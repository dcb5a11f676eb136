package fr.pennylanesync.postgres;

import static fr.pennylanesync.postgres.PostgresErrorCode.EMBEDDED_PLATFORM_MISSING;

import fr.pennylanesync.failure.SyncException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The PostgreSQL programs, unpacked from the class path once per archive into a folder named after its SHA-256. The
 * folder appears by one rename when everything in it is on disk, so a folder that exists is whole.
 */
public record PostgresBinaries(Path home, int majorVersion) {

    private static final Duration VERSION_TIMEOUT = Duration.ofSeconds(30);
    private static final String NOTED = "postgres-binaries.txt";
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");

    /** Call it under the lock of the directory: what an interrupted run left behind is removed. */
    static PostgresBinaries unpack(Path parent) throws IOException {
        String resource = resourceFor(System.getProperty("os.name"), System.getProperty("os.arch"));
        Path home = parent.resolve(known(resource));
        if (!Files.isDirectory(home)) {
            Path unpacking = parent.resolve("unpacking");
            FileTrees.delete(unpacking);
            try (InputStream archive = open(resource)) {
                TarArchive.unpack(archive, unpacking);
            }
            Files.move(unpacking, home, StandardCopyOption.ATOMIC_MOVE);
            FileTrees.flush(parent);
        }
        return new PostgresBinaries(home, majorVersion(home));
    }

    /** Path of a program such as {@code postgres}, {@code initdb} or {@code pg_ctl}. */
    String program(String name) {
        return program(home, name);
    }

    static String resourceFor(String osName, String osArch) {
        String system = osName.toLowerCase(Locale.ROOT);
        String family = system.startsWith("windows") ? "windows" : system.startsWith("mac") ? "darwin" : "linux";
        String processor = switch (osArch.toLowerCase(Locale.ROOT)) {
            case "aarch64", "arm64" -> "arm_64";
            default -> "x86_64";
        };
        return "/postgres-" + family + "-" + processor + ".txz";
    }

    private static String program(Path home, String name) {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        return home.resolve("bin").resolve(windows ? name + ".exe" : name).toString();
    }

    private static int majorVersion(Path home) throws IOException {
        CommandResult result = CommandResult.of(List.of(program(home, "postgres"), "--version"), VERSION_TIMEOUT);
        Matcher matcher = VERSION.matcher(result.output());
        if (!result.succeeded() || !matcher.find()) {
            throw new SyncException(EMBEDDED_PLATFORM_MISSING,
                    "the unpacked PostgreSQL in " + home + " does not run here: " + result.output());
        }
        return Integer.parseInt(matcher.group(1));
    }

    /** Returns the fingerprint as the build has noted it: to make it takes as long as many a command. */
    private static String known(String resource) throws IOException {
        try (InputStream noted = PostgresBinaries.class.getResourceAsStream(NOTED)) {
            String line = noted == null ? "" : new String(noted.readAllBytes(), StandardCharsets.US_ASCII);
            return line.startsWith(resource + " ") ? line.substring(resource.length() + 1) : fingerprint(resource);
        }
    }

    /**
     * Leaves the fingerprint of the archive that a build brings in it.
     *
     * @param classes the root of what is compiled
     */
    public static void note(Path classes) throws IOException {
        for (String system : List.of("linux", "mac", "windows")) {
            for (String processor : List.of("amd64", "aarch64")) {
                String resource = resourceFor(system, processor);
                if (PostgresBinaries.class.getResource(resource) != null) {
                    Files.writeString(classes.resolve(PostgresBinaries.class.getPackageName().replace('.', '/'))
                            .resolve(NOTED), resource + " " + fingerprint(resource), StandardCharsets.US_ASCII);
                }
            }
        }
    }

    private static String fingerprint(String resource) throws IOException {
        try (InputStream archive = open(resource)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int count = archive.read(buffer); count >= 0; count = archive.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static InputStream open(String resource) {
        InputStream archive = PostgresBinaries.class.getResourceAsStream(resource);
        if (archive == null) {
            throw new SyncException(EMBEDDED_PLATFORM_MISSING, "the class path has no " + resource);
        }
        return new BufferedInputStream(archive);
    }
}

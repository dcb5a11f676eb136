package fr.pennylanesync;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The routes that are shipped, in a directory that may be edited, and the stream that the README adds to them. */
public final class ShownRoutes {

    private static final Pattern STREAM = Pattern.compile("(?s)```yaml\n([^`]*- beans:.*?)```");

    private ShownRoutes() {}

    /** Copies the shipped routes. */
    public static Path copyTo(Path directory) {
        Path shipped = Path.of("routes");
        try (Stream<Path> files = Files.walk(shipped)) {
            for (Path file : files.toList()) {
                Path target = directory.resolve(shipped.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the stream file that the README shows. */
    public static String streamOfTheReadme() throws IOException {
        Matcher example = STREAM.matcher(Files.readString(Path.of("README.md")));
        if (!example.find()) {
            throw new AssertionError("the README shows no stream");
        }
        return ("   " + example.group(1).strip()).stripIndent() + "\n";
    }
}

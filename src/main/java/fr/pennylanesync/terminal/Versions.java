package fr.pennylanesync.terminal;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import picocli.CommandLine.IVersionProvider;

/** Tells the versions that the build wrote into the jar; no library is loaded for it. */
public final class Versions implements IVersionProvider {

    private static final String UNKNOWN = "(unpackaged)";

    @Override
    public String[] getVersion() throws IOException, URISyntaxException {
        Attributes built = built();
        return new String[] {"pennylane-sync " + of(built, "Implementation-Version"),
                "Apache Camel " + of(built, "Camel-Version"),
                "PostgreSQL " + of(built, "PostgreSQL-Version") + ", where it is the embedded one",
                "Java " + Runtime.version()};
    }

    /** Returns how this program is called, for messages that show a command. */
    public static String program() {
        String called = System.getProperty("pennylane-sync.program");
        return called == null ? "java -jar target/pennylane-sync.jar" : called;
    }

    private static Attributes built() throws IOException, URISyntaxException {
        Path place = Path.of(Versions.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (!Files.isRegularFile(place)) {
            return new Attributes();
        }
        try (JarFile jar = new JarFile(place.toFile())) {
            return jar.getManifest().getMainAttributes();
        }
    }

    private static String of(Attributes built, String name) {
        String version = built.getValue(name);
        return version == null ? UNKNOWN : version;
    }
}

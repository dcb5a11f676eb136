package fr.pennylanesync.console.page;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The templates below {@code /console} on the class path, each compiled once. They hold no logic and every value is
 * escaped; a name that no value has is a fault, not an empty place.
 */
public final class Templates {

    private static final Mustache.Compiler COMPILER = Mustache.compiler().escapeHTML(true).emptyStringIsFalse(true)
            .zeroIsFalse(true).withLoader(Templates::text);
    private static final Map<String, Template> COMPILED = new ConcurrentHashMap<>();

    private Templates() {}

    /** Fills the template of this name. */
    public static String render(String name, Map<String, Object> values) {
        return COMPILED.computeIfAbsent(name, any -> compiled(name)).execute(values);
    }

    private static Template compiled(String name) {
        return COMPILER.compile(text(name));
    }

    private static Reader text(String name) {
        return new StringReader(resource("/console/" + name + ".html"));
    }

    /** Returns a file of the class path as text. */
    public static String resource(String path) {
        try (InputStream file = Objects.requireNonNull(Templates.class.getResourceAsStream(path), path);
                Reader text = new InputStreamReader(file, StandardCharsets.UTF_8)) {
            StringBuilder all = new StringBuilder();
            char[] part = new char[8192];
            for (int read = text.read(part); read >= 0; read = text.read(part)) {
                all.append(part, 0, read);
            }
            return all.toString();
        } catch (java.io.IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}

package fr.pennylanesync.console;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The page at /: a template without logic; every value is escaped. */
final class ConsolePage {

    private static final Template TEMPLATE = compile();

    private ConsolePage() {}

    private static Template compile() {
        try (InputStream file = ConsolePage.class.getResourceAsStream("/console/page.html");
                Reader text = new InputStreamReader(file, StandardCharsets.UTF_8)) {
            return Mustache.compiler().escapeHTML(true).emptyStringIsFalse(true).zeroIsFalse(true).compile(text);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static String render(PageView view) {
        return TEMPLATE.execute(view);
    }
}

package fr.pennylanesync.stream;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One YAML document as a tree that knows where each value stands, so that a fault can name its line. It finds that out
 * when it is asked for the first time: the files of most starts have no fault. Safe for threads.
 */
public final class LocatedYaml {

    private static final ObjectMapper YAML =
            new ObjectMapper(YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());
    /** Our own deepest has 30 levels. */
    private static final int DEPTH_MAX = 150;

    /** Control, format and separator characters but the tabulator and the end of a line. */
    private static final Pattern UNSEEN =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Co}\\p{Cs}&&[^\\t\\r]]|\\r(?!$)");

    private final String file;
    private final String text;
    private final Map<JsonPointer, JsonLocation> places = new HashMap<>();
    private final Map<JsonPointer, Integer> lines = new HashMap<>();
    private boolean located;
    private JsonNode root = MissingNode.getInstance();

    private LocatedYaml(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /**
     * @param file how to name the text in a fault
     * @throws RoutesException if the text is no YAML, has a key twice, holds several documents or hides a value behind
     * an alias
     */
    public static LocatedYaml read(String file, String text) {
        requireReadable(file, text);
        LocatedYaml yaml = new LocatedYaml(file, text);
        try {
            yaml.readDocument();
            return yaml;
        } catch (JsonProcessingException e) {
            String problem = e.getOriginalMessage().lines().findFirst().orElse("");
            throw refused(file, e.getLocation(), "not valid YAML: " + problem, "mend the line");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Refuses characters that people do not see, or that one reader of YAML takes for the end of a line and another
     * does not: Camel's reader is not the one that judges the file.
     */
    private static void requireReadable(String file, String text) {
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (UNSEEN.matcher(lines[i]).find()) {
                throw new RoutesException(List.of(new FactsFault(file, i + 1, "a character that nobody sees",
                        "write the line with visible characters, and the file in UTF-8 without a byte order mark")));
            }
            if (lines[i].startsWith("%")) {
                throw new RoutesException(List.of(new FactsFault(file, i + 1, "a directive of YAML",
                        "remove the line: it makes one reader read what another does not")));
            }
        }
    }

    private void readDocument() throws IOException {
        try (Located parser = new Located((YAMLParser) YAML.createParser(text))) {
            JsonNode read = YAML.readTree(parser);
            root = read == null ? root : read;
            while (parser.nextToken() != null) {
                // What follows the document is judged as it is read.
            }
        }
    }

    /**
     * Judges each token on its way into the tree. A tree may be read by recursion, so that none may be deeper than a
     * thread's stack.
     */
    private final class Located extends JsonParserDelegate {

        private final YAMLParser parser;
        private int depth;
        private boolean begun;

        Located(YAMLParser parser) {
            super(parser);
            this.parser = parser;
        }

        @Override
        public JsonToken nextToken() throws IOException {
            JsonToken token = super.nextToken();
            if (token != null) {
                requireOneShallowDocument(token);
                requirePlain(parser);
            }
            return token;
        }

        private void requireOneShallowDocument(JsonToken token) throws IOException {
            if (token.isStructStart() && depth == 0 && begun) {
                throw refused(file, parser.currentTokenLocation(), "a second YAML document",
                        "one file holds one document: remove the `---` and what follows");
            }
            begun |= token.isStructStart();
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth > DEPTH_MAX) {
                throw refused(file, parser.currentTokenLocation(),
                        "values stand within values, more than " + DEPTH_MAX + " deep",
                        "write the route as the others are written: none needs a quarter of that");
            }
        }
    }

    private void requirePlain(YAMLParser parser) throws IOException {
        if (parser.isCurrentAlias()) {
            throw refused(file, parser.currentTokenLocation(), "an alias hides what stands here",
                    "write the value out");
        }
        if (parser.getTypeId() != null) {
            throw refused(file, parser.currentTokenLocation(), "a tag, which names a type",
                    "remove it: a value is what is written");
        }
    }

    private synchronized void locate() {
        if (located) {
            return;
        }
        try (YAMLParser parser = (YAMLParser) YAML.createParser(text)) {
            while (parser.nextToken() != null) {
                JsonPointer pointer = parser.getParsingContext().pathAsPointer();
                lines.putIfAbsent(pointer, parser.currentTokenLocation().getLineNr());
                if (parser.currentToken().isStructStart() || parser.currentToken().isScalarValue()) {
                    places.put(pointer, parser.currentTokenLocation());
                }
            }
            located = true;
        } catch (IOException impossible) {
            throw new UncheckedIOException("what was read before", impossible);
        }
    }

    public JsonNode root() {
        return root;
    }

    /**
     * The 1-based line where a value, or the key before it, begins; of the nearest value around a missing one; 0 if
     * there is none.
     */
    public int line(JsonPointer pointer) {
        locate();
        JsonPointer at = pointer;
        while (at != null && !lines.containsKey(at)) {
            at = at.head();
        }
        return at == null ? 0 : lines.get(at);
    }

    /** Returns where a present value itself begins. */
    public JsonLocation place(JsonPointer pointer) {
        locate();
        return places.get(pointer);
    }

    private static RoutesException refused(String file, JsonLocation place, String rule, String remedy) {
        return new RoutesException(List.of(new FactsFault(file, place == null ? 0 : place.getLineNr(), rule, remedy)));
    }
}

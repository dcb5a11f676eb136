package fr.pennylanesync.share;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.hash.JsonSpeller;
import fr.pennylanesync.hash.SpelledJson;
import fr.pennylanesync.personal.ValueRule;
import fr.pennylanesync.stream.ColumnType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Turns what a statement of {@link ShareSql#rows} gives into rows, and what was stored of them back into their
 * canonical text. For one thread at a time.
 */
public final class RowReader {

    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);
    private static final int TEXT_PER_ROW = 512;
    private static final byte[] END = {'}'};
    private static final String OCCURRENCE = "occurrence";
    /** So many rows with one key are looked at. */
    private static final int TWINS_MOST = 1_000;

    private final TableShape shape;
    private final String companyId;
    private final List<String> names;
    private final List<CanonicalField> fields;
    /** Holds the labels of the values, as the rows have them. */
    private List<String> labels;
    /** Holds the rules for personal data, by the place of the value. */
    private final Map<Integer, ValueRule> rules = new HashMap<>();
    private final int companyPlace;
    private final int idPlace;
    /** The places of the fields in the order of their names, as the canonical spelling has them. */
    private final int[] byName;
    /** Holds what stands before each of these values in it. */
    private final byte[][] heads;
    /** Counts the rows that were set aside, by the hash of their text. */
    private final Map<String, Integer> occurrences = new HashMap<>();
    private final JsonSpeller speller = new JsonSpeller(TEXT_PER_ROW);

    public RowReader(TableShape shape, long companyId) {
        this.shape = shape;
        this.companyId = Long.toString(companyId);
        this.names = List.copyOf(shape.fields().keySet());
        this.fields = List.copyOf(shape.fields().values());
        this.labels = IntStream.range(0, names.size()).mapToObj(i -> "c" + i).toList();
        shape.table().columns().forEach(column -> column.rule()
                .ifPresent(rule -> rules.put(names.indexOf(column.name()), rule)));
        this.companyPlace = names.indexOf(TableShape.COMPANY);
        this.idPlace = names.indexOf(TableShape.ID);
        this.byName = names.stream().sorted().mapToInt(names::indexOf).toArray();
        this.heads = IntStream.range(0, byName.length)
                .mapToObj(n -> (n == 0 ? "{\"" : ",\"") + names.get(byName[n]) + "\":")
                .map(head -> head.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    }

    /** Reads a row of a table no id of which stands for several rows. */
    public ReadRow read(Map<String, Object> row) {
        return read(row, Set.of());
    }

    /**
     * Reads one row.
     *
     * @param repeatedIds which stand for several rows: each of them is set aside
     * @throws SyncException if the row is another company's
     */
    ReadRow read(Map<String, Object> row, Set<Long> repeatedIds) {
        String[] texts = new String[fields.size()];
        takeLabels(row);
        for (int i = 0; i < texts.length; i++) {
            texts[i] = fields.get(i).stored((String) row.get(labels.get(i)));
        }
        if (!companyId.equals(texts[companyPlace])) {
            throw new SyncException(ShareErrorCode.SHARE_ROW_MISROUTED,
                    shape.table().table() + ", asked for company " + companyId);
        }
        if (!shape.table().hasId()) {
            return new ShareRow(this, id(texts, occurrence(row)), ruled(texts), texts);
        }
        if (texts[idPlace] == null) {
            return setAside(0, texts, SetAsideRow.WITHOUT_ID);
        }
        long id = Long.parseLong(texts[idPlace]);
        return repeatedIds.contains(id) ? setAside(id, texts, SetAsideRow.WITH_ONE_ID)
                : new ShareRow(this, id, ruled(texts), texts);
    }

    /** The values as the rules for personal data leave them. */
    private String[] ruled(String[] texts) {
        if (rules.isEmpty()) {
            return texts;
        }
        String[] ruled = texts.clone();
        rules.forEach((place,
                rule) -> ruled[place] = texts[place] == null || fields.get(place).type() != ColumnType.TEXT
                        ? null
                        : rule.apply(texts[place]).orElse(null));
        return ruled;
    }

    private static String occurrence(Map<String, Object> row) {
        return (String) row.getOrDefault(OCCURRENCE, row.get(OCCURRENCE.toUpperCase(Locale.ROOT)));
    }

    /** A cluster can be told to answer with labels in upper case. */
    private void takeLabels(Map<String, Object> row) {
        if (!row.containsKey(labels.get(0))) {
            labels = row.keySet().stream().toList().subList(0, fields.size());
        }
    }

    /**
     * Sets a row aside that was read before.
     *
     * @param payload the row as it would have been stored
     * @param reason why it cannot be
     */
    public SetAsideRow setAside(long id, JsonNode payload, String reason) {
        return setAside(id, texts(payload), reason);
    }

    SetAsideRow setAside(long id, String[] texts, String reason) {
        String canonical = canonical(texts);
        String month = shape.table().period().map(period -> Partition.monthOf(texts[names.indexOf(period)])).orElse("");
        int occurrence = occurrences.merge(SetAsideRow.fingerprint(canonical), 1, Integer::sum);
        return new SetAsideRow(id, month, reason, canonical, occurrence, spelled(ruled(texts)).toString());
    }

    /**
     * A positive number that stays the same as long as the key does; the n-th of several rows with one key keeps its
     * own.
     */
    private long id(String[] texts, String occurrence) {
        StringBuilder key = new StringBuilder();
        for (String name : shape.table().key()) {
            shape.fields().get(name).appendWhole(key, texts[names.indexOf(name)]);
        }
        byte[] text = key.append('#').append(occurrence).toString().getBytes(StandardCharsets.UTF_8);
        return RowDigest.leading(text) & Long.MAX_VALUE;
    }

    /** The id that the key of a stored row gives, where no other row has the key. */
    public long idOf(JsonNode payload) {
        return id(texts(payload), "1");
    }

    /** Tells whether an id is one that the key of a stored row gives, whichever of the rows with that key it is. */
    public boolean isIdOf(long id, JsonNode payload) {
        String[] texts = texts(payload);
        return IntStream.rangeClosed(1, TWINS_MOST).anyMatch(n -> id(texts, Integer.toString(n)) == id);
    }

    private String[] texts(JsonNode payload) {
        return names.stream().map(name -> text(payload.path(name))).toArray(String[]::new);
    }

    SpelledJson spelled(String[] texts) {
        speller.begin();
        for (int n = 0; n < byName.length; n++) {
            spell(fields.get(byName[n]), texts[byName[n]], speller.raw(heads[n]));
        }
        return speller.raw(END).end();
    }

    /** Something that is no number to JSON, such as NaN, stands as the text that the share has for it. */
    private static void spell(CanonicalField field, String text, JsonSpeller out) {
        if (text == null) {
            out.nothing();
            return;
        }
        switch (field.type()) {
            case BIGINT, INTEGER, BOOLEAN -> out.literal(text);
            case NUMERIC -> {
                if (isDecimal(text)) {
                    out.decimal(text);
                } else {
                    out.text(text);
                }
            }
            case TEXT, DATE, TIMESTAMPTZ, JSONB -> out.text(text);
        }
    }

    private static boolean isDecimal(String text) {
        char last = text.charAt(text.length() - 1);
        return last >= '0' && last <= '9' && CanonicalField.isPlain(text);
    }

    JsonNode value(String[] texts, String name) {
        int place = names.indexOf(name);
        return place < 0 ? JSON.missingNode() : json(fields.get(place), texts[place]);
    }

    /** The canonical text of a row that was stored with its payload. */
    public String canonical(JsonNode payload) {
        return canonical(texts(payload));
    }

    String canonical(String[] texts) {
        StringBuilder canonical = new StringBuilder(TEXT_PER_ROW);
        for (int i = 0; i < fields.size(); i++) {
            fields.get(i).append(canonical, texts[i]);
        }
        return canonical.toString();
    }

    private static String text(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return null;
        }
        return value.isBigDecimal() ? value.decimalValue().toPlainString() : value.asText();
    }

    private static JsonNode json(CanonicalField field, String value) {
        if (value == null) {
            return JSON.nullNode();
        }
        return switch (field.type()) {
            case BIGINT, INTEGER -> JSON.numberNode(Long.parseLong(value));
            case NUMERIC -> isDecimal(value) ? JSON.numberNode(new BigDecimal(value)) : JSON.textNode(value);
            case BOOLEAN -> JSON.booleanNode(Boolean.parseBoolean(value));
            case TEXT, DATE, TIMESTAMPTZ, JSONB -> JSON.textNode(value);
        };
    }
}

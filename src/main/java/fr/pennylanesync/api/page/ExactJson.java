package fr.pennylanesync.api.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * JSON without loss: decimals keep every digit and their scale, integers any size, texts every character, U+0000 and
 * lone surrogates included. A key that occurs twice, or a value beyond any documented size, is the fault of the item
 * that holds it (see {@link DamagedItem}); outside items, like anything after the document, it is an error.
 */
public final class ExactJson {

    static final int MAX_TEXT_LENGTH = 8 * 1024 * 1024;
    static final int MAX_NUMBER_LENGTH = 1_000;
    static final int MAX_DEPTH = 100;
    static final int MAX_NAME_LENGTH = 10_000;

    /** The parser bounds nothing: {@link TreeReader} knows whose fault it is, and an answer is bounded as a whole. */
    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxStringLength(Integer.MAX_VALUE)
            .maxNumberLength(Integer.MAX_VALUE)
            .maxNestingDepth(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .build();

    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(CONSTRAINTS)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS, JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .addModule(new SimpleModule().addDeserializer(JsonNode.class, new TreeReader()))
            .build();

    private ExactJson() {}
}

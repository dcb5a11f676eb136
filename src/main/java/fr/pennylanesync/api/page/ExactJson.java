package fr.pennylanesync.api.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * JSON without loss: decimals keep every digit and their scale, integers any size, texts every character, U+0000 and
 * lone surrogates included. A key that occurs twice, or anything after the document, is an error.
 */
public final class ExactJson {

    static final int MAX_TEXT_LENGTH = 8 * 1024 * 1024;
    static final int MAX_NUMBER_LENGTH = 1_000;
    static final int MAX_DEPTH = 100;
    static final int MAX_NAME_LENGTH = 10_000;

    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxStringLength(MAX_TEXT_LENGTH)
            .maxNumberLength(MAX_NUMBER_LENGTH)
            .maxNestingDepth(MAX_DEPTH)
            .maxNameLength(MAX_NAME_LENGTH)
            .build();

    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(CONSTRAINTS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    private ExactJson() {}
}

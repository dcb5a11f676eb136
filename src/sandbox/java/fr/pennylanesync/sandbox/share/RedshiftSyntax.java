package fr.pennylanesync.sandbox.share;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds in a statement what PostgreSQL has and Redshift has not, as its developer guide says on the pages of
 * unsupported features, data types and functions, and of functions of the leader node, which read no table of a user's.
 * What reads the catalogue runs on the leader node, and is let pass: drivers ask it.
 */
public final class RedshiftSyntax {

    private static final Pattern STRING = Pattern.compile("'(?:[^']|'')*'");
    private static final Pattern QUOTED_NAME = Pattern.compile("\"(?:[^\"]|\"\")*\"");
    private static final Pattern COMMENT = Pattern.compile("--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern CATALOGUE =
            Pattern.compile("\\b(pg_\\w+|information_schema)\\b", Pattern.CASE_INSENSITIVE);
    private static final String FUNCTIONS = String.join("|", "string_agg", "array_agg", "json_agg", "jsonb_agg",
            "json_object_agg", "jsonb_object_agg", "xmlagg", "every", "corr", "covar_pop", "covar_samp", "regr_\\w+",
            "clock_timestamp", "statement_timestamp", "transaction_timestamp", "justify_\\w+", "div", "setseed",
            "width_bucket", "generate_series", "generate_subscripts", "unnest", "bit_length", "overlay",
            "convert_from", "convert_to", "encode", "format", "quote_nullable", "regexp_matches",
            "regexp_split_to_\\w+", "string_to_array", "string_to_table", "array_to_string", "cardinality",
            "concat_ws", "date_bin", "make_\\w+", "to_jsonb?", "row_to_json", "jsonb?_build_\\w+",
            "jsonb?_array_elements\\w*", "jsonb?_each\\w*", "jsonb?_to_\\w+", "num_nonnulls", "num_nulls", "hashtext",
            "gen_random_uuid", "sha256", "age", "now", "isfinite", "get_bit", "get_byte", "set_bit", "set_byte",
            "to_ascii", "current_schema", "current_schemas", "has_\\w+_privilege");
    private static final String TYPES = "jsonb?|bytea|uuid|inet|cidr|macaddr|xml|hstore|money|tsvector|tsquery|"
            + "int4range|int8range|numrange|daterange|tsrange|bit|citext|serial|bigserial";
    /** Holds what a construct looks like once strings and quoted names are out of the way, by what it is called. */
    private static final Map<String, Pattern> CONSTRUCTS = new LinkedHashMap<>();

    static {
        construct("FILTER", "\\bfilter\\s*\\(\\s*where\\b");
        construct("DISTINCT ON", "\\bdistinct\\s+on\\s*\\(");
        construct("ON CONFLICT", "\\bon\\s+conflict\\b");
        construct("RETURNING", "\\breturning\\b");
        construct("an array", "\\barray\\s*[\\[(]|\\[\\s*\\]|\\w\\s*\\[|\\b(any|all)\\s*\\(\\s*(\\$|\\?|'|array)");
        construct("LATERAL", "\\blateral\\b");
        construct("WITH ORDINALITY", "\\bwith\\s+ordinality\\b");
        construct("VALUES as a table", "\\b(from|join|,)\\s*\\(\\s*values\\b");
        construct("IS DISTINCT FROM", "\\bis\\s+(not\\s+)?distinct\\s+from\\b");
        construct("MATERIALIZED", "\\bas\\s+(not\\s+)?materialized\\s*\\(");
        construct("a locking clause", "\\bfor\\s+(no\\s+key\\s+)?(update|(key\\s+)?share)\\b");
        construct("TABLESAMPLE", "\\btablesample\\b");
        construct("a row constructor", "\\brow\\s*\\(");
        construct("COLLATE", "\\bcollate\\s+[^(\\s]");
        construct("an operator on JSON or arrays", "->|#>|@>|<@|\\?\\||&&|\\^@");
        construct("a string with escapes", "\\b(e|u&|b|x)''");
        construct("a dollar-quoted string", "\\$\\w*\\$");
        construct("SAVEPOINT", "\\b(savepoint|rollback\\s+to)\\b");
        construct("a type", "::\\s*(" + TYPES + ")\\b|\\bas\\s+(" + TYPES + ")\\s*\\)");
        construct("a column of the system", "\\b(ctid|xmin|xmax|cmin|cmax|tableoid)\\b");
        construct("a function", "\\b(" + FUNCTIONS + ")\\s*\\(|\\b(current_time|localtime|localtimestamp|"
                + "current_timestamp|current_catalog)\\b");
    }

    private RedshiftSyntax() {}

    private static void construct(String name, String pattern) {
        CONSTRUCTS.put(name, Pattern.compile(pattern, Pattern.CASE_INSENSITIVE));
    }

    /** Names what Redshift would refuse in a statement; nothing where it would refuse nothing that is known. */
    public static Optional<String> refused(String statement) {
        String bare = COMMENT.matcher(QUOTED_NAME.matcher(STRING.matcher(statement).replaceAll("''"))
                .replaceAll(" \"\" ")).replaceAll(" ");
        if (CATALOGUE.matcher(bare).find()) {
            return Optional.empty();
        }
        for (Map.Entry<String, Pattern> construct : CONSTRUCTS.entrySet()) {
            Matcher found = construct.getValue().matcher(bare);
            if (found.find()) {
                return Optional.of(construct.getKey() + ": " + found.group().strip());
            }
        }
        return Optional.empty();
    }
}

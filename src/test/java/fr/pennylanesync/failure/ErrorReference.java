package fr.pennylanesync.failure;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the codes as the Markdown page that operators read: {@code docs/reference/errors.md}. */
final class ErrorReference {

    private static final String INTRODUCTION = """
            # Error codes

            This page is made from the program's own codes: refresh it with
            `mvn -q test -Dtest=ErrorReferenceTest -Dreference.update=true`. A code stands in `status`, \
            in the summary of `sync`, in
            the log and in the warehouse.

            - *Whose*: ours (this program or its machine), theirs (Pennylane, a database, a bucket, the network), \
            configuration
              (a setting, a token, a right or a file of yours), item (one record or one file).
            - *Scope*: how much work stops once it is not tried again any more; everything beyond goes on.
            - *Retried*: the same work is tried again by itself, a limited number of times, before it stops. \
            How often, and with
              which pauses, is written in `routes/policies/`. A stream that stopped is tried again at its next sync.
            """;

    private ErrorReference() {}

    static String of(Stream<ErrorCode> codes) {
        Map<String, List<ErrorCode>> bySource = codes.collect(
                Collectors.groupingBy(ErrorCode::source, TreeMap::new, Collectors.toList()));
        return INTRODUCTION + bySource.entrySet().stream().map(source -> section(source.getKey(), source.getValue()))
                .collect(Collectors.joining());
    }

    private static String section(String source, List<ErrorCode> codes) {
        return """

                ## %s

                | code | what happened | what to do | whose | scope | retried |
                |---|---|---|---|---|---|
                """.formatted(source) + codes.stream().sorted(Comparator.comparing(ErrorCode::name))
                .map(ErrorReference::row).collect(Collectors.joining());
    }

    private static String row(ErrorCode code) {
        return Stream.<Function<ErrorCode, String>>of(ErrorReference::name, ErrorCode::meaning, ErrorCode::remedy,
                each -> word(each.fault()), each -> word(each.scope()), each -> each.retryable() ? "yes" : "no")
                .map(column -> column.apply(code).replace("<", "&lt;").replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String name(ErrorCode code) {
        return "`" + code.name() + "`";
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

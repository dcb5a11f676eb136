package fr.pennylanesync.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import fr.pennylanesync.personal.PersonalData;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FactsTest {

    private static final String NO_INDEX = "`indexes` is no list of different columns that can have an index";
    /** The line of {@code properties:} in {@link StreamFiles#containing}. */
    private static final int LINE_ABOVE = 4;

    @Test
    void readsEveryFact() {
        StreamDefinition stream = read("quotes", """
                path: /quotes
                scope: quotes
                reading: keyset
                page-size: 1000
                changelog: quotes
                record-date: date
                enabled: false
                files:
                  public_file_url: filename
                  e_invoicing.source_file_url:
                columns:
                  date: date
                  customer_id: bigint from customer.id in customers -- Who is asked, e.g. by mail
                indexes: date, customer_id
                """);

        assertThat(stream).isEqualTo(new StreamDefinition("quotes", "For a test.", "/quotes", Optional.of("quotes"),
                ReadStrategy.KEYSET, true,
                1000, Optional.empty(), Optional.empty(), Optional.of("quotes"), Map.of(), Map.of(), Map.of(),
                Optional.of("date"), false,
                List.of(new FileField(List.of("public_file_url"), Optional.of(List.of("filename"))),
                        new FileField(List.of("e_invoicing", "source_file_url"), Optional.empty())),
                List.of(new Column("date", ColumnType.DATE, List.of("date")),
                        new Column("customer_id", ColumnType.BIGINT, List.of("customer", "id"),
                                Optional.of("customers"), Optional.of("Who is asked, e.g. by mail"))),
                List.of("date", "customer_id"), Optional.empty(), List.of(), false, PersonalData.NONE,
                Evidence.NONE));
    }

    @Test
    void feedsAndRefreshesNameTheRecordsTheyTouch() {
        StreamDefinition lines = read("lines", """
                path: /lines
                reading: keyset
                also-changed-by:
                  lines_categories: line.id
                refreshes:
                  entries: entry_id
                columns:
                  entry_id: bigint from entry.id
                """);

        assertThat(lines.alsoChangedBy()).containsExactly(Map.entry("lines_categories", List.of("line", "id")));
        assertThat(lines.refreshes()).containsExactly(Map.entry("entries", "entry_id"));
    }

    @Test
    void aChildIsReadWithItsParent() {
        StreamDefinition child = read("quotes_invoice_lines", """
                parent: quotes
                path: /quotes/{parent}/invoice_lines
                sorted: true
                include: invoice_lines
                """);

        assertThat(child.reading()).isEqualTo(ReadStrategy.CHILDREN);
        assertThat(child.parentColumn()).contains("quote_id");
        assertThat(child.include()).contains("invoice_lines");
        assertThat(child.sorted()).isTrue();
        assertThat(child.pathOf(7)).isEqualTo("/quotes/7/invoice_lines");
    }

    @Test
    void whatIsNotSaidTakesTheDocumentedUsual() {
        StreamDefinition stream = read("bank_accounts", "path: /bank_accounts\nreading: cursor\n");

        assertThat(stream.pageSizeMax()).isEqualTo(100);
        assertThat(stream.sorted()).isFalse();
        assertThat(stream.enabled()).isTrue();
        assertThat(stream.scope()).isEmpty();
        assertThat(stream.changelog()).isEmpty();
        assertThat(stream.files()).isEmpty();
        assertThat(stream.columns()).isEmpty();
    }

    static Stream<Arguments> faults() {
        String root = "path: /a\nreading: cursor\n";
        String child = "path: /a/{parent}/b\nparent: a\n";
        return Stream.of(
                arguments("", 0, "the facts are not a YAML mapping"),
                arguments("- path\n", 0, "the facts are not a YAML mapping"),
                arguments("path: /a\n  reading: [\n", 2, "not valid YAML: mapping values are not allowed here"),
                arguments(root + "path: /b\n", 3, "not valid YAML: Duplicate field 'path'"),
                arguments(root + "scope: &a b\nchangelog: *a\n", 4, "an alias hides what stands here"),
                arguments(root + "columns:\n  a: text in customers\n", 4, "column `a` is no id of a stream's records"),
                arguments(root + "columns:\n  a: text -- ${env:HOME}\n", 4, "column `a` has no known type"),
                arguments(root + "columns:\n  a: text -- {{HOME}}\n", 4, "column `a` has no known type"),
                arguments(root + "indexes: a\n", 3, NO_INDEX),
                arguments(root + "indexes: a\ncolumns:\n  a: text\n", 3, NO_INDEX),
                arguments(root + "indexes: a, a\ncolumns:\n  a: date\n", 3, NO_INDEX),
                arguments(root + "pagesize: 100\n", 3, "unknown fact `pagesize`"),
                arguments(root + "scope: 5\n", 3, "`scope` is not a text"),
                arguments(root + "scope: \"#class:java.lang.Thread\"\n", 3, "`scope` is not a name"),
                arguments(root + "changelog: \"{{env:HOME}}\"\n", 3, "`changelog` is not a name"),
                arguments(child + "include: \"#bean:sync\"\n", 3, "`include` is not a name"),
                arguments(root + "record-date: \"#date\"\n", 3, "`record-date` is not a path"),
                arguments("reading: cursor\npath: \"/a/{{env:HOME}}\"\n", 2, "`path` is not an API path"),
                arguments("reading: cursor\n", 0, "`path` is not an API path"),
                arguments("reading: cursor\npath: customers\n", 2, "`path` is not an API path"),
                arguments("reading: cursor\npath: /customers?limit=5\n", 2, "`path` is not an API path"),
                arguments("reading: cursor\npath: /customers/\n", 2, "`path` is not an API path"),
                arguments("path: /a\n", 0, "unknown `reading`"),
                arguments("path: /a\nreading: pages\n", 2, "unknown `reading`"),
                arguments("path: /a\nreading: children\n", 2, "`reading` and `parent` disagree"),
                arguments(child + "reading: keyset\n", 3, "`reading` and `parent` disagree"),
                arguments("path: /a\nparent: a\n", 1, "`path` and `parent` disagree"),
                arguments("path: /a/{parent}/b\nreading: cursor\n", 1, "`path` and `parent` disagree"),
                arguments("path: /a/{parent}/b\nparent: drop table\n", 2, "`parent` is not a stream's name"),
                arguments("path: /a\nreading: keyset\nsorted: false\n", 3, "`reading: keyset` without sorting"),
                arguments(root + "sorted: maybe\n", 3, "`sorted` is neither true nor false"),
                arguments(root + "enabled: 1\n", 3, "`enabled` is neither true nor false"),
                arguments(root + "page-size: many\n", 3, "`page-size` is not a whole number"),
                arguments(root + "page-size: 0\n", 3, "`page-size` is not between 1 and 1000"),
                arguments(root + "page-size: 1001\n", 3, "`page-size` is not between 1 and 1000"),
                arguments(root + "include: lines\n", 3, "`include` without `parent`"),
                arguments(child + "concerned-by: amount,,paid\n", 3, "`concerned-by` is no list of fields"),
                arguments(child + "settlement: amount\n", 3, "`settlement` names one field alone"),
                arguments(child + "concerned-by: amount\nsettlement: amount, rest\n", 4,
                        "`settlement` names what `concerned-by` does not"),
                arguments(root + "also-changed-by: prices\n", 3, "`also-changed-by` is not a mapping"),
                arguments(root + "also-changed-by:\n  a-prices: a.id\n", 4, "`a-prices` has no path of an id"),
                arguments(root + "also-changed-by:\n  a_prices:\n", 4, "`a_prices` has no path of an id"),
                arguments(root + "refreshes:\n  b: b_id\n", 4, "`b_id` is no bigint column of this stream"),
                arguments(root + "refreshes:\n  b: b_id\ncolumns:\n  b_id: text\n", 4,
                        "`b_id` is no bigint column of this stream"),
                arguments(root + "files: [url]\n", 3, "`files` is not a mapping"),
                arguments(root + "files:\n  a..url: name\n", 4, "`a..url` is not a file field"),
                arguments(root + "files:\n  url: the name\n", 4, "`url` is not a file field"),
                arguments(root + "columns: name\n", 3, "`columns` is not a mapping"),
                arguments(root + "columns:\n  name: text\n  Amount: numeric\n", 5,
                        "column `Amount` cannot be named so"),
                arguments(root + "columns:\n  payload: jsonb\n", 4, "column `payload` cannot be named so"),
                arguments(child + "columns:\n  a_id: bigint\n", 4, "column `a_id` cannot be named so"),
                arguments(root + "columns:\n  amount: float\n", 4, "column `amount` has no known type"),
                arguments(root + "columns:\n  amount: numeric of amount\n", 4, "column `amount` has no known type"),
                arguments(root + "columns:\n  amount: numeric from amount.\n", 4, "column `amount` has no known type"),
                arguments(root + "columns:\n  amount:\n", 4, "column `amount` has no known type"),
                arguments(root + "columns:\n  a: text\n  b: text from a\n", 5,
                        "column `b` holds the value of another column"),
                arguments(root + "columns:\n  link: text from file.url\nfiles:\n  file.url:\n", 4,
                        "column `link` would store a file's expiring URL"),
                arguments(root + "columns:\n  link: text from file.url.host\nfiles:\n  file.url:\n", 4,
                        "column `link` would store a file's expiring URL"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void namesTheLineTheRuleAndTheRemedy(String facts, int line, String rule) {
        RoutesException refused = catchThrowableOfType(RoutesException.class, () -> read("b", facts));

        assertThat(refused.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.file()).isEqualTo("b.yaml");
            assertThat(fault.line()).isEqualTo(LINE_ABOVE + line);
            assertThat(fault.rule()).isEqualTo(rule);
            assertThat(fault.remedy()).isNotBlank();
            assertThat(fault).hasToString("b.yaml:" + fault.line() + ": " + rule + " -> " + fault.remedy());
        });
    }

    @Test
    void refusesWithEveryFaultAtOnceInTheOrderOfTheFile() {
        assertThatThrownBy(() -> read("b", """
                columns:
                  Name: text
                  amount: money
                page-size: 0
                path: b
                reading: never
                scop: b
                """)).isInstanceOf(RoutesException.class).hasMessageMatching("""
                b.yaml:6: column `Name` cannot be named so -> .*
                b.yaml:7: column `amount` has no known type -> .*
                b.yaml:8: `page-size` is not between 1 and 1000 -> .*
                b.yaml:9: `path` is not an API path -> .*
                b.yaml:10: unknown `reading` -> .*
                b.yaml:11: unknown fact `scop` -> .*""");
    }

    private static StreamDefinition read(String stream, String facts) {
        return StreamFile.read(stream + ".yaml", StreamFiles.containing(stream, facts));
    }
}

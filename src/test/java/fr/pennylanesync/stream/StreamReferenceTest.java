package fr.pennylanesync.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamReferenceTest {

    private static final Path PAGE = Path.of("docs/reference/streams.md");

    @TempDir
    Path routes;

    @Test
    void thePageInDocsIsFresh() throws IOException {
        String fresh = StreamReference.of(StreamCatalog.load(Path.of("routes"), Map.of()));
        if (Boolean.getBoolean("reference.update")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, fresh);
        }

        assertThat(PAGE).as("refresh it with: mvn -q test -Dtest=StreamReferenceTest -Dreference.update=true")
                .hasContent(fresh);
    }

    @Test
    void tellsEveryFactOfAStreamAndPutsChildrenUnderTheirParents() throws IOException {
        write("quotes", """
                path: /quotes
                scope: quotes
                reading: keyset
                changelog: quotes
                also-changed-by:
                  quotes_categories: quote.id
                refreshes:
                  journals: customer_id
                record-date: date
                files:
                  public_file_url: filename
                  e_invoicing.source_file_url:
                columns:
                  date: date
                  customer_id: bigint from customer.id
                """);
        write("quotes_invoice_lines",
                "parent: quotes\npath: /quotes/{parent}/invoice_lines\nscope: quotes\ninclude: invoice_lines\n");
        write("journals", "path: /journals\nreading: whole\nenabled: false\n");

        assertThat(StreamReference.of(StreamCatalog.load(routes, Map.of()))).contains("2 lists and 1 sub-lists")
                .endsWith("""
                | [journals](#journals) (off) | For a test. |  |
                | [quotes](#quotes) | For a test. | [invoice_lines](#quotes_invoice_lines) |

                ## journals

                For a test.

                - Path: `/journals`, no scope needed
                - Read: in one request
                - Changes: with its `quotes`
                - Table: `pennylane.journals`, key `(company_id, id)`
                - Not enabled: set `streams.journals.enabled=true`

                ## quotes

                For a test.

                - Path: `/quotes`, scope `quotes`
                - Read: in the order of ids, resumed at any record, 100 a page
                - Changes: from `/changelogs/quotes`, from `/changelogs/quotes_categories` by its `quote.id`
                - Files: `public_file_url` (named by `filename`), `e_invoicing.source_file_url`
                - Table: `pennylane.quotes`, key `(company_id, id)`, dated by `date`
                - Enabled

                | column | type | what it holds | from |
                |---|---|---|---|
                | `date` | date |  |  |
                | `customer_id` | bigint |  | `customer.id` |

                ### quotes_invoice_lines

                For a test.

                - Path: `/quotes/{parent}/invoice_lines`, scope `quotes`
                - Read: for each new or changed record of `quotes`, brought along by `include=invoice_lines` where \
                Pennylane offers it, 100 a page
                - Changes: with its parent
                - Table: `pennylane.quotes_invoice_lines`, key `(company_id, quote_id, id)`
                - Enabled
                """);
    }

    private void write(String stream, String facts) throws IOException {
        Files.createDirectories(routes.resolve("streams"));
        Files.writeString(routes.resolve("streams").resolve(stream + ".yaml"), StreamFiles.containing(stream, facts));
    }
}

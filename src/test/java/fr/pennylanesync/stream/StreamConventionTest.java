package fr.pennylanesync.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every file of {@code routes/streams/} must satisfy; finds the files by itself. */
class StreamConventionTest {

    private static final Path ROUTES = Path.of("routes");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static JsonSchema camel;

    @BeforeAll
    static void readCamelsSchema() throws IOException {
        try (InputStream schema = StreamConventionTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            camel = JsonSchemaFactory.getInstance(VersionFlag.V4).getSchema(schema);
        }
    }

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(ROUTES.resolve("streams"))) {
            return files.sorted().toList();
        }
    }

    @Test
    void everyStreamOfTheContractIsThere() {
        assertThat(StreamCatalog.load(ROUTES, Map.of()).all()).extracting(StreamDefinition::name).contains(
                "customers", "suppliers", "products", "customer_invoices", "supplier_invoices", "quotes", "commercial_documents",
                "billing_subscriptions", "transactions", "bank_accounts", "bank_establishments", "journals", "ledger_accounts",
                "ledger_entries", "ledger_entry_lines", "fiscal_years", "categories", "category_groups", "sepa_mandates",
                "gocardless_mandates", "purchase_requests", "customer_invoice_templates", "pa_registrations");
    }

    @ParameterizedTest
    @MethodSource("files")
    void followsCamelsSchema(Path file) throws IOException {
        assertThat(camel.validate(YAML.readTree(Files.readString(file)))).isEmpty();
    }
}

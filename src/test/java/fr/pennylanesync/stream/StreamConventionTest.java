package fr.pennylanesync.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every file of {@code routes/streams/} must satisfy; finds the files by itself. */
class StreamConventionTest {

    private static final Path ROUTES = Path.of("routes");

    /** Names that users' SQL depends on. */
    private static final List<String> CONTRACT =
            List.of("customers", "suppliers", "products", "customer_invoices", "supplier_invoices",
                    "quotes", "commercial_documents", "billing_subscriptions", "transactions", "bank_accounts",
                    "bank_establishments", "journals",
                    "ledger_accounts", "ledger_entries", "ledger_entry_lines", "fiscal_years", "categories",
                    "category_groups", "sepa_mandates", "numberings", "company_features", "pro_account_mandates",
                    "pro_account_mandate_migrations", "webhook_subscriptions",
                    "gocardless_mandates", "purchase_requests", "customer_invoice_templates", "pa_registrations",
                    "analytical_ledger",
                    "tax_declarations", "vat_declarations", "trial_balance");
    /** Lists of the API whose records the data sharing has too. */
    private static final List<String> SHARED =
            List.of("ledger_entry_lines", "customer_invoices", "supplier_invoices", "customers", "suppliers",
                    "bank_accounts", "transactions", "fiscal_years");
    private static final List<String> SHARE_ALONE =
            List.of("analytical_ledger", "tax_declarations", "vat_declarations", "trial_balance");
    private static final List<String> CONTRACT_CHILDREN = List.of("customer_invoices_invoice_lines",
            "customer_invoices_payments",
            "customer_invoices_matched_transactions", "customer_invoices_appendices", "customer_invoices_categories",
            "supplier_invoices_invoice_lines", "supplier_invoices_payments", "supplier_invoices_matched_transactions",
            "supplier_invoices_categories", "quotes_invoice_lines", "commercial_documents_invoice_lines",
            "billing_subscriptions_invoice_lines", "customers_contacts", "customers_categories", "suppliers_categories",
            "transactions_matched_invoices");
    /** The feeds that Pennylane documents; ledger entries, journals and accounts have none. */
    private static final Set<String> FEEDS =
            Set.of("customer_invoices", "supplier_invoices", "customers", "suppliers", "products",
                    "transactions", "quotes", "ledger_entry_lines", "ledger_entries_categories",
                    "ledger_entry_lines_categories");
    /** Pennylane documents a scope that is named otherwise than the list it reads only for these. */
    private static final Map<String, String> SCOPES_APART =
            Map.of("category_groups", "categories", "sepa_mandates", "customer_mandates",
                    "gocardless_mandates", "customer_mandates", "ledger_entry_lines", "ledger_entries",
                    "pro_account_mandates", "customer_mandates", "pro_account_mandate_migrations", "customer_mandates",
                    "numberings", "customer_invoices or quotes or commercial_documents");
    private static final Set<String> WITHOUT_SCOPE = Set.of("company_features", "webhook_subscriptions");
    /** Every field of a list or sub-list that Pennylane documents to hold a file's URL. */
    private static final Map<String, Set<String>> FILES = Map.of("customer_invoices", Set.of("public_file_url"),
            "supplier_invoices", Set.of("public_file_url", "e_invoicing.source_file_url"), "quotes",
            Set.of("public_file_url"),
            "commercial_documents", Set.of("public_file_url"), "ledger_entries", Set.of("attachment.url"),
            "purchase_requests", Set.of("purchase_order.url"), "customer_invoices_appendices", Set.of("url"),
            "quotes_appendices", Set.of("url"), "commercial_documents_appendices", Set.of("url"),
            "pro_account_mandates",
            Set.of("pdf_url"));
    private static final List<ColumnType> DATES = List.of(ColumnType.DATE, ColumnType.TIMESTAMPTZ);

    static List<Path> files() {
        return RouteFiles.in(ROUTES.resolve("streams"));
    }

    private static List<StreamDefinition> streams() {
        return List.copyOf(StreamCatalog.load(ROUTES, Map.of()).all());
    }

    /** Each with its name, so that a failing case says which stream it means. */
    static Stream<Named<StreamDefinition>> named() {
        return streams().stream().map(stream -> Named.of(stream.name(), stream));
    }

    @Test
    void everyStreamOfTheContractIsThereAndOn() {
        assertThat(streams()).filteredOn(StreamDefinition::enabled).extracting(StreamDefinition::name)
                .containsAll(CONTRACT).containsAll(CONTRACT_CHILDREN);
    }

    @ParameterizedTest
    @MethodSource("named")
    void aChildIsNamedAfterItsParentAndItsPath(StreamDefinition stream) {
        stream.parent().ifPresent(parent -> {
            assertThat(CONTRACT).contains(parent);
            assertThat(stream.name()).startsWith(parent + "_");
            assertThat(stream.path())
                    .isEqualTo("/" + parent + "/{parent}/" + stream.name().substring(parent.length() + 1));
            assertThat(stream.changelog()).isEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("named")
    void aListIsNamedAsItsPath(StreamDefinition stream) {
        assertThat(
                stream.isChild() || !stream.isListed() || stream.path().replace('/', '_').equals("_" + stream.name()))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("named")
    void everyColumnSaysWhatItHoldsAndWhoseIdItIs(StreamDefinition stream) {
        assertThat(stream.columns()).allSatisfy(column -> {
            assertThat(column.description()).as(column.name()).isPresent().get(STRING).matches("\\S.*[^.\\s]");
            column.references().ifPresent(other -> assertThat(streams()).extracting(StreamDefinition::name)
                    .contains(other));
        });
    }

    /** Analysts ask for a period, and for the records that belong to another. */
    @ParameterizedTest
    @MethodSource("named")
    void aListWithADateIsIndexedByIt(StreamDefinition stream) {
        assertThat(stream.indexes()).containsAll(stream.columns().stream()
                .filter(column -> column.name().equals("date")).map(Column::name).toList());
    }

    @ParameterizedTest
    @MethodSource("named")
    void theScopeIsThatOfTheList(StreamDefinition stream) {
        String list = stream.parent().orElse(stream.name());

        assertThat(stream.scope()).isEqualTo(!stream.isListed() || WITHOUT_SCOPE.contains(list)
                ? java.util.Optional.empty()
                : java.util.Optional.of(SCOPES_APART.getOrDefault(list, list)));
    }

    @ParameterizedTest
    @MethodSource("named")
    void theChangelogIsTheListsOwn(StreamDefinition stream) {
        assertThat(stream.changelog().isPresent()).isEqualTo(FEEDS.contains(stream.name()));
        assertThat(stream.changelog().orElse(stream.name())).isEqualTo(stream.name());
        assertThat(FEEDS).containsAll(stream.alsoChangedBy().keySet());
        assertThat(CONTRACT).containsAll(stream.refreshes().keySet());
    }

    @ParameterizedTest
    @MethodSource("named")
    void everyFileFieldThatPennylaneDocumentsIsDeclared(StreamDefinition stream) {
        assertThat(stream.files()).extracting(FileField::name)
                .containsExactlyInAnyOrderElementsOf(FILES.getOrDefault(stream.name(), Set.of()));
        assertThat(
                stream.files().isEmpty() || stream.isChild() || stream.isKeyed() || stream.reading().selectableById())
                .as("its records can be asked for by id, or with a whole list").isTrue();
    }

    @Test
    void everyFeedThatPennylaneDocumentsIsRead() {
        assertThat(streams().stream().flatMap(
                stream -> Stream.concat(stream.changelog().stream(), stream.alsoChangedBy().keySet().stream())))
                .containsExactlyInAnyOrderElementsOf(FEEDS);
    }

    @ParameterizedTest
    @MethodSource("named")
    void onlyTheChartOfAccountsAndItsTotalsHaveLargePages(StreamDefinition stream) {
        assertThat(stream.pageSizeMax())
                .isEqualTo(Set.of("ledger_accounts", "trial_balance").contains(stream.name()) ? 1000 : 100);
    }

    @ParameterizedTest
    @MethodSource("named")
    void columnsAreDistinctAndHoldNoLink(StreamDefinition stream) {
        assertThat(stream.columns()).extracting(Column::path).doesNotHaveDuplicates()
                .noneSatisfy(path -> assertThat(path.get(path.size() - 1)).endsWith("url"));
        assertThat(stream.files()).extracting(FileField::path)
                .noneSatisfy(path -> assertThat(stream.columns()).extracting(Column::path).contains(path));
        assertThat(stream.files()).extracting(FileField::name).allSatisfy(field -> assertThat(field).endsWith("url"));
    }

    @ParameterizedTest
    @MethodSource("named")
    void moneyIsExact(StreamDefinition stream) {
        assertThat(stream.columns())
                .filteredOn(column -> column.name().matches("(currency_)?(amount|tax|fee|debit|credit|balance)(_.*)?"))
                .allSatisfy(column -> assertThat(column.type()).isEqualTo(ColumnType.NUMERIC));
    }

    @ParameterizedTest
    @MethodSource("named")
    void theRecordsDateIsADateColumn(StreamDefinition stream) {
        stream.recordDate().ifPresent(date -> assertThat(stream.columns()).anySatisfy(column -> {
            assertThat(String.join(".", column.path())).isEqualTo(date);
            assertThat(DATES).contains(column.type());
        }));
        assertThat(stream.files().isEmpty() || stream.recordDate().isPresent())
                .as("a file is archived below its record's year").isTrue();
    }

    @ParameterizedTest
    @MethodSource("files")
    void pagesAreNeverCountedAndTokensNeverSet(Path file) throws IOException {
        assertThat(Files.readString(file)).doesNotContainIgnoringCase("page=", "offset", "authorization");
    }

    @Test
    void theShareIsReadWhereItHasAList() {
        assertThat(streams()).filteredOn(stream -> stream.share().isPresent() && !stream.isShareOnly())
                .extracting(StreamDefinition::name)
                .containsExactlyInAnyOrderElementsOf(SHARED);
        assertThat(streams()).filteredOn(StreamDefinition::isShareOnly).extracting(StreamDefinition::name)
                .containsExactlyInAnyOrderElementsOf(SHARE_ALONE);
    }

    @ParameterizedTest
    @MethodSource("named")
    void aTableOfTheShareIsComparableAndDatedAsItsStream(StreamDefinition stream) {
        stream.share().ifPresent(table -> {
            assertThat(table.columns()).filteredOn(column -> column.fills().isPresent()).isNotEmpty();
            assertThat(table.columns()).extracting(ShareColumn::name).doesNotContain("company_name", "invoice_link",
                    "created_by", "company_id");
            assertThat(table.period().flatMap(table::column).flatMap(ShareColumn::fills))
                    .isEqualTo(table.period().isPresent()
                            ? stream.recordDate()
                            : java.util.Optional.empty());
        });
    }
}

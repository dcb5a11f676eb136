package fr.pennylanesync.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.personal.PersonalData;
import fr.pennylanesync.personal.PersonalKind;
import fr.pennylanesync.personal.PrivacyRules;
import fr.pennylanesync.personal.Pseudonyms;
import fr.pennylanesync.personal.Treatment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What of a record is personal becomes what the rules say, wherever it stands, and nothing else does. */
class PersonalDataTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pseudonyms KEY = new Pseudonyms("a key that nobody can guess, of 40 characters");
    private static final String PERSON = """
            {"id":7,"customer_type":"individual","name":"Léa Canari","first_name":"Léa","emails":["lea@canari.example"],
            "billing_address":{"address":"1 rue du Canari","country_alpha2":"FR"},"phone":null,"billing_iban":
            "FR7612345000010000000000097","new":[{"deep":{"iban":"FR7612345000010000000000097","rank":1}}],
            "payment_conditions":"30_days"}""";
    private static final String COMPANY = """
            {"id":8,"customer_type":"company","name":"Canari SARL","emails":["compta@canari.example"],
            "billing_address":{"address":"1 rue du Canari"},"billing_iban":"FR7612345000010000000000097"}""";

    private static PersonalData customers(Treatment byDefault, Map<String, Treatment> fields) {
        return catalog(byDefault, Map.of(), fields).find("customers").orElseThrow().personal();
    }

    private static StreamCatalog catalog(Treatment byDefault, Map<String, Treatment> streams,
            Map<String, Treatment> fields) {
        return StreamCatalog.load(Path.of("routes"), new StreamOptions(Map.of(),
                new PrivacyRules(byDefault, streams, fields, Optional.of(KEY))));
    }

    private static ObjectNode ruled(PersonalData rules, String record) {
        try {
            ObjectNode ruled = (ObjectNode) JSON.readTree(record);
            rules.apply(ruled);
            ObjectNode twice = ruled.deepCopy();
            rules.apply(twice);
            assertThat(twice).as("applied again").isEqualTo(ruled);
            return ruled;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void keptIsAsItCame() throws Exception {
        assertThat(ruled(customers(Treatment.KEEP, Map.of()), PERSON)).isEqualTo(JSON.readTree(PERSON));
    }

    @Test
    void omittedIsGoneWhereverItStands() {
        ObjectNode ruled = ruled(customers(Treatment.OMIT, Map.of()), PERSON);
        assertThat(ruled.toString()).doesNotContainIgnoringCase("canari").doesNotContain("Léa", "FR76");
        assertThat(ruled.toString()).contains("\"country_alpha2\":\"FR\"", "\"rank\":1", "30_days");
    }

    @Test
    void theSameValueHasTheSameHashEverywhere() {
        ObjectNode ruled = ruled(customers(Treatment.HASH, Map.of()), PERSON);
        assertThat(ruled.toString()).doesNotContainIgnoringCase("canari").doesNotContain("Léa", "FR76");
        assertThat(ruled.path("billing_iban").asText()).matches("hmac-sha256:[0-9a-f]{64}")
                .isEqualTo(ruled.at("/new/0/deep/iban").asText())
                .isEqualTo(ruled(customers(Treatment.HASH, Map.of()), COMPANY).path("billing_iban").asText());
        assertThat(ruled.path("name").asText()).isNotEqualTo(ruled.path("first_name").asText());
        assertThat(ruled.path("emails").get(0).asText()).startsWith("hmac-sha256:");
        assertThat(ruled.path("phone").isNull()).isTrue();
    }

    @Test
    void aCompanyHasANameAndAPersonNoneToShow() {
        ObjectNode ruled = ruled(customers(Treatment.OMIT, Map.of()), COMPANY);
        assertThat(ruled.path("name").asText()).isEqualTo("Canari SARL");
        assertThat(ruled.at("/billing_address/address").asText()).isEqualTo("1 rue du Canari");
        assertThat(ruled.has("emails") || ruled.has("billing_iban")).isFalse();
    }

    @Test
    void oneFieldHasARuleOfItsOwn() {
        ObjectNode ruled = ruled(customers(Treatment.OMIT, Map.of("customers.billing_iban", Treatment.MASK,
                "customers.name", Treatment.KEEP, "customers.payment_conditions", Treatment.OMIT)), PERSON);
        assertThat(ruled.path("billing_iban").asText()).isEqualTo("***0097");
        assertThat(ruled.path("name").asText()).isEqualTo("Léa Canari");
        assertThat(ruled.has("first_name") || ruled.has("payment_conditions")).isFalse();
    }

    @Test
    void whatTellsRecordsApartCannotBeRuled() {
        for (String field : List.of("customers.id", "customers.updated_at", "customers.ledger_account.id",
                "customers.customer_type", "transactions.date", "analytical_ledger.tag_label", "nowhere.name")) {
            assertThatThrownBy(() -> catalog(Treatment.KEEP, Map.of(), Map.of(field, Treatment.OMIT))).as(field)
                    .isInstanceOf(RoutesException.class).hasMessageContaining("streams." + field + ".privacy");
        }
        assertThatThrownBy(() -> catalog(Treatment.KEEP, Map.of("nowhere", Treatment.OMIT), Map.of()))
                .isInstanceOf(RoutesException.class).hasMessageContaining("no such stream");
    }

    @Test
    void whatIsNoSoundRecordIsRuledAsFarAsItCanBeRead() {
        PersonalData rules = customers(Treatment.OMIT, Map.of());
        assertThat(rules.applyTo("{\"id\":7,\"name\":\"Canari\",\"amount\":1e999,\"name\":\"Canari\"}"))
                .isEqualTo("{\"id\":7,\"amount\":1e999}");
        assertThat(rules.applyTo("{\"id\":7,\"list\":[1,{\"iban\":\"FR76\"},true],\"phone\":\"06 12 can"))
                .startsWith("{\"id\":7,\"list\":[1,{},true]").doesNotContain("06 12").contains("withheld");
        assertThat(rules.applyTo("\"Canari\"")).doesNotContain("Canari");
        assertThat(rules.applyTo("")).isEmpty();
        assertThat(customers(Treatment.KEEP, Map.of()).applyTo("\"Canari\"")).isEqualTo("\"Canari\"");
    }

    @Test
    void anErasureLeavesOutWhatIsOfThePersonAndNotKept() throws Exception {
        PersonalData transactions = catalog(Treatment.KEEP, Map.of(), Map.of()).find("transactions").orElseThrow()
                .personal();
        ObjectNode record = (ObjectNode) JSON.readTree("{\"label\":\"CB Canari\",\"pro_account_expense\":{\"employee\":"
                + "{\"id\":3,\"first_name\":\"Léa\",\"last_name\":\"Canari\"},\"card_masked_number\":\"**12\"}}");
        assertThat(transactions.erase(record, Set.of("employee"), field -> field.years() > 0)).containsExactly("label");
        assertThat(record).isEqualTo(JSON.readTree(
                "{\"label\":\"CB Canari\",\"pro_account_expense\":{\"employee\":{\"id\":3}}}"));
        ObjectNode untouched = (ObjectNode) JSON.readTree("{\"label\":\"CB\",\"pro_account_expense\":{\"employee\":"
                + "{\"id\":3,\"first_name\":\"Léa\"}}}");
        transactions.erase(untouched, Set.of("customer"), field -> true);
        assertThat(untouched.toString()).contains("Léa");
    }

    @Test
    void theKeyShowsNowhere() {
        PersonalData rules = customers(Treatment.HASH, Map.of());
        assertThat(rules.rulesText() + rules + KEY).doesNotContain("guess");
        assertThat(customers(Treatment.HASH, Map.of()).rulesText()).isEqualTo(rules.rulesText());
        assertThat(customers(Treatment.OMIT, Map.of()).rulesText()).isNotEqualTo(rules.rulesText());
    }

    @Test
    void everyDeclaredFieldIsOfTheRecordsOrTheShares() {
        StreamCatalog catalog = catalog(Treatment.KEEP, Map.of(), Map.of());
        catalog.all().forEach(stream -> stream.personal().fields().forEach(field -> assertThat(
                stream.columns().stream().anyMatch(column -> column.path().equals(field.path()))
                        || stream.share().filter(table -> table.column(field.name()).isPresent()).isPresent()
                        || stream.files().stream().anyMatch(file -> file.namePath().filter(field.path()::equals)
                                .isPresent())
                        || field.kind() == PersonalKind.IBAN)
                .as(stream.name() + " " + field.name()).isTrue()));
    }
}

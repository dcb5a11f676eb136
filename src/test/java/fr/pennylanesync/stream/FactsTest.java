package fr.pennylanesync.stream;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FactsTest {

    @Test
    void aColumnOfAChildCannotTakeTheNameOfItsParentsKey() {
        String facts = """
                parent: customers
                path: /customers/{parent}/contacts
                columns:
                  customer_id: bigint
                """;

        assertThatThrownBy(() -> Facts.read("customers_contacts", "customers_contacts.yaml", "", facts))
                .isInstanceOf(FactsRefused.class).hasMessageContaining("column `customer_id` cannot be named so");
    }
}

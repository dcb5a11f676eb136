package fr.pennylanesync.landing.table;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.stream.Evidence;
import fr.pennylanesync.stream.StreamCatalog;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldChangesTest {

    private static final List<String> CONCERNING = List.of("amount", "remaining", "remaining_before_tax", "paid");
    private static final List<String> SETTLEMENT = List.of("amount", "remaining", "remaining_before_tax");

    @Test
    void aFieldThatIsNotNamedSparesTheSubList() {
        assertThat(changes(Map.of("label", "", "updated_at", "")).spares(CONCERNING, List.of())).isTrue();
        assertThat(changes(Map.of("label", "", "paid", "")).spares(CONCERNING, List.of())).isFalse();
    }

    @Test
    void updatedAtAloneTellsOfSomethingThatNoOtherFieldShows() {
        FieldChanges alone = changes(Map.of("updated_at", ""));
        assertThat(alone.spares(List.of("updated_at"), List.of())).isFalse();
        assertThat(alone.spares(CONCERNING, List.of())).isTrue();
        assertThat(changes(Map.of("label", "", "updated_at", "")).spares(List.of("updated_at"), List.of())).isTrue();
    }

    /** A payment under way has changed none of the invoice's fields yet. */
    @ParameterizedTest
    @ValueSource(strings = {"customer_invoices_payments", "supplier_invoices_payments"})
    void aPaymentMayShowInNothingElse(String payments) {
        Evidence evidence =
                StreamCatalog.load(Path.of("routes"), Map.of()).find(payments).orElseThrow().evidence();
        assertThat(changes(Map.of("updated_at", "")).spares(evidence.concernedBy(), evidence.settlement())).isFalse();
        assertThat(changes(Map.of("label", "", "updated_at", "")).spares(evidence.concernedBy(),
                evidence.settlement())).isTrue();
    }

    @Test
    void ofNoChangeNobodyKnowsWhatItWasFor() {
        assertThat(FieldChanges.NONE.spares(CONCERNING, SETTLEMENT)).isFalse();
    }

    @Test
    void aSumAndItsRemainderThatMoveByTheSameSettleNothing() {
        FieldChanges moved = changes(Map.of("amount", "12.50", "remaining", "12.5", "remaining_before_tax", "10"));
        assertThat(moved.spares(CONCERNING, SETTLEMENT)).isTrue();
        assertThat(moved.spares(CONCERNING, List.of())).isFalse();
    }

    @Test
    void whatIsSettledConcernsTheSubList() {
        assertThat(changes(Map.of("remaining", "-12.5")).spares(CONCERNING, SETTLEMENT)).isFalse();
        assertThat(changes(Map.of("amount", "12.5")).spares(CONCERNING, SETTLEMENT)).isFalse();
        assertThat(changes(Map.of("amount", "12.5", "remaining", "12.4")).spares(CONCERNING, SETTLEMENT)).isFalse();
        assertThat(changes(Map.of("amount", "12.5", "remaining", "12.5", "paid", "")).spares(CONCERNING, SETTLEMENT))
                .isFalse();
        assertThat(changes(Map.of("amount", "", "remaining", "")).spares(CONCERNING, SETTLEMENT)).isFalse();
    }

    /** @param moved each field with its difference; empty where it is no number */
    private static FieldChanges changes(Map<String, String> moved) {
        Map<String, Optional<BigDecimal>> changes = new HashMap<>();
        moved.forEach((field, by) -> changes.put(field,
                Optional.of(by).filter(text -> !text.isEmpty()).map(BigDecimal::new)));
        return new FieldChanges(changes);
    }
}

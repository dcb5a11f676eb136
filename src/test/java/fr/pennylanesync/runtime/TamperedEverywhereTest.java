package fr.pennylanesync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.digest.DigestVerification;
import fr.pennylanesync.runtime.TamperedWarehouse.Edit;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.verification.Verification.VerificationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every kind of edit at twelve places, and the same by somebody who makes every hash anew afterwards. Each prints a
 * table; {@link TamperedWarehouseTest} and {@link ForgedWarehouseTest} are the short forms. {@code -Dtamper.places=1}
 * takes one place of each.
 */
@Tag("minutes")
class TamperedEverywhereTest {

    private static final int PLACES = Integer.getInteger("tamper.places", 12);
    /** What the documents anchor; everything else is what the program works by. */
    private static final Set<String> ANCHORED = Set.of("pennylane_sync.record_version", "pennylane_sync.batch",
            "pennylane_sync.file", "pennylane_sync.file_entry", "pennylane_sync.file_chain");
    /** What the forger rewrites beside the table of the stream. */
    private static final List<String> FORGED = List.of("pennylane_sync.record_version", "pennylane_sync.batch",
            "pennylane_sync.stream_state", "pennylane_sync.file", "pennylane_sync.file_entry",
            "pennylane_sync.file_chain");

    private static TamperedWarehouse synced;

    @BeforeAll
    static void sync() {
        synced = new TamperedWarehouse(80, 12);
        assertThat(synced.run.runtime.anchor()).isEmpty();
        assertThat(synced.verify().differences()).isEmpty();
        // Who makes everything anew without an edit changes nothing: what is found below is the edits.
        synced.run.catalog.all().stream().filter(stream -> List.of("ledger_entry_lines", "customer_invoices")
                .contains(stream.name()))
                .forEach(stream -> new Forger(synced.warehouse.jdbc(), stream).forge(synced.company()));
        assertThat(synced.verify().differences()).isEmpty();
        assertThat(anchors()).isEmpty();
    }

    @AfterAll
    static void close() {
        synced.close();
    }

    /**
     * @param undone edits of what the forger makes anew: it took them back itself, and nothing was left to find
     * @param byDigest of the found ones, those that the hashes inside did not show
     */
    private record Row(String kind, int edits, int undone, int found, int named, int byDigest) {

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%-60s %5d %6d %5d %5d %9d", kind, edits, undone, found, named,
                    byDigest);
        }
    }

    private record Found(boolean undone, boolean found, boolean named, boolean byDigest) {}

    @Test
    void everyEditIsFoundAndNamedAtEveryPlace() {
        List<Row> rows = new ArrayList<>();
        for (Edit edit : Edit.all()) {
            List<Found> found = everywhere(edit, List.of(edit.table()), (id, place) -> {
                VerificationResult verified = synced.verify(edit);
                return new Found(false, verified.differenceCount() > 0, edit.isNamedIn(verified, id, place), false);
            });
            rows.add(row(edit, found));
        }
        print("edits", rows);
        assertThat(rows).allMatch(row -> row.found() == row.edits() && row.named() == row.edits());
    }

    @Test
    void everyEditOfWhatIsAnchoredIsFoundAlsoWhereEveryHashIsMadeAnew() {
        List<Row> rows = new ArrayList<>();
        for (Edit edit : Edit.all()) {
            if (edit.table().startsWith("pennylane.") || ANCHORED.contains(edit.table())) {
                rows.add(row(edit, everywhere(edit, tables(edit), (id, place) -> forged(edit, tables(edit)))));
            }
        }
        print("edits with every hash made anew", rows);
        assertThat(rows).allMatch(row -> row.found() + row.undone() == row.edits());
        assertThat(rows.stream().mapToInt(Row::found).sum()).as("edits that stand after the forger's work")
                .isGreaterThan(rows.stream().mapToInt(Row::edits).sum() / 2);
        assertThat(rows.stream().mapToInt(Row::byDigest).sum()).as("found by the documents alone").isPositive();
    }

    private static Found forged(Edit edit, List<String> tables) {
        StreamDefinition stream = synced.run.catalog.find(edit.verifiedStream()).orElseThrow();
        new Forger(synced.warehouse.jdbc(), stream).forge(synced.company());
        synced.warehouse.jdbc().sql("delete from pennylane_sync.foreign_change").update();
        if (synced.isUndone(tables)) {
            return new Found(true, false, false, false);
        }
        boolean inside = synced.verify(edit).differenceCount() > 0;
        boolean anchors = !anchors().isEmpty();
        return new Found(false, inside || anchors, anchors, anchors && !inside);
    }

    private static List<String> tables(Edit edit) {
        List<String> tables = new ArrayList<>(FORGED);
        tables.add("pennylane." + edit.verifiedStream());
        return tables;
    }

    private static List<String> anchors() {
        return new DigestVerification(synced.run.settings, synced.warehouse.jdbc(), Optional.empty(), List.of(),
                List.of()).latest(synced.run.runtime.archive().bucket()).differences();
    }

    private interface Look {
        Found at(long id, int place);
    }

    private static List<Found> everywhere(Edit edit, List<String> tables, Look look) {
        List<Found> found = new ArrayList<>();
        for (int i = 0; i < PLACES; i++) {
            int place = i;
            synced.tamper(edit, place, tables, id -> look.at(id, place)).ifPresent(found::add);
        }
        return found;
    }

    private static Row row(Edit edit, List<Found> found) {
        return new Row(edit.kind(), found.size(), (int) found.stream().filter(Found::undone).count(),
                (int) found.stream().filter(Found::found).count(), (int) found.stream().filter(Found::named).count(),
                (int) found.stream().filter(Found::byDigest).count());
    }

    private static void print(String what, List<Row> rows) {
        System.out.printf(Locale.ROOT, "%-60s %5s %6s %5s %5s %9s%n", what, "edits", "undone", "found", "named",
                "by digest");
        rows.forEach(System.out::println);
        System.out.println(new Row(rows.size() + " kinds", rows.stream().mapToInt(Row::edits).sum(),
                rows.stream().mapToInt(Row::undone).sum(), rows.stream().mapToInt(Row::found).sum(),
                rows.stream().mapToInt(Row::named).sum(),
                rows.stream().mapToInt(Row::byDigest).sum()));
    }
}

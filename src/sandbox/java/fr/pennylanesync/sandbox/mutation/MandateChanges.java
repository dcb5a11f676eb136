package fr.pennylanesync.sandbox.mutation;

import fr.pennylanesync.sandbox.books.GocardlessMandate;
import fr.pennylanesync.sandbox.books.ProAccountMandate;
import fr.pennylanesync.sandbox.books.SepaMandate;
import fr.pennylanesync.sandbox.writing.OfficialNumbers;
import java.util.List;
import java.util.Optional;

/** What happens to direct debit mandates, which have no feed. */
final class MandateChanges {

    private static final List<String> SEQUENCES = List.of("RCUR", "FRST", "OOFF", "FNAL");
    private static final List<String> STATUSES = List.of("active", "cancelled", "expired");

    private MandateChanges() {}

    static boolean insert(BooksEditor editor) {
        long customer = editor.any(Streams.CUSTOMERS).id();
        editor.insert(Streams.SEPA_MANDATES,
                new SepaMandate(editor.nextId("sepa_mandates"), editor.created(), null, "BDRVFRPP"
                        + editor.dice().digits(3), editor.desk().prose().iban(OfficialNumbers.iban(editor.dice())),
                        "FRST", editor.today(),
                        "RUM-" + editor.dice().digits(8), customer));
        editor.insert(Streams.GOCARDLESS_MANDATES,
                new GocardlessMandate(editor.nextId("gocardless_mandates"), editor.created(),
                        "MD" + editor.dice().digits(10), customer, "pending_submission",
                        "BA" + editor.dice().digits(10), null));
        return true;
    }

    static boolean change(BooksEditor editor) {
        return editor.dice().chance(50) ? changeSepa(editor) : changeGocardless(editor);
    }

    static boolean changeProAccount(BooksEditor editor) {
        Optional<ProAccountMandate> found = editor.pick(Streams.PRO_ACCOUNT_MANDATES, mandate -> mandate.status()
                .equals("pending"));
        found.ifPresent(mandate -> editor.update(Streams.PRO_ACCOUNT_MANDATES,
                mandate.withStatus("enabled", editor.updated(mandate.stamps()))));
        return found.isPresent();
    }

    static boolean remove(BooksEditor editor) {
        Optional<SepaMandate> found = editor.books().sepaMandates().size() < 2 ? Optional.empty()
                : editor.pick(Streams.SEPA_MANDATES, mandate -> true);
        found.ifPresent(mandate -> editor.remove(Streams.SEPA_MANDATES, mandate));
        return found.isPresent();
    }

    private static boolean changeSepa(BooksEditor editor) {
        Optional<SepaMandate> found = editor.pick(Streams.SEPA_MANDATES, mandate -> true);
        found.ifPresent(mandate -> editor.update(Streams.SEPA_MANDATES,
                mandate.withSequence(editor.dice().pick(SEQUENCES), editor.updated(mandate.stamps()))));
        return found.isPresent();
    }

    private static boolean changeGocardless(BooksEditor editor) {
        Optional<GocardlessMandate> found = editor.pick(Streams.GOCARDLESS_MANDATES, mandate -> true);
        found.ifPresent(mandate -> editor.update(Streams.GOCARDLESS_MANDATES,
                mandate.withStatus(editor.dice().pick(STATUSES), editor.updated(mandate.stamps()))));
        return found.isPresent();
    }
}

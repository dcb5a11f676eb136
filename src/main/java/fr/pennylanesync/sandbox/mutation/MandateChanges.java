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

    static boolean insert(Pen pen) {
        long customer = pen.any(Streams.CUSTOMERS).id();
        pen.insert(Streams.SEPA_MANDATES, new SepaMandate(pen.nextId("sepa_mandates"), pen.created(), null, "BDRVFRPP"
                + pen.dice().digits(3), pen.desk().prose().iban(OfficialNumbers.iban(pen.dice())), "FRST", pen.today(),
                "RUM-" + pen.dice().digits(8), customer));
        pen.insert(Streams.GOCARDLESS_MANDATES, new GocardlessMandate(pen.nextId("gocardless_mandates"), pen.created(),
                "MD" + pen.dice().digits(10), customer, "pending_submission", "BA" + pen.dice().digits(10), null));
        return true;
    }

    static boolean change(Pen pen) {
        return pen.dice().chance(50) ? changeSepa(pen) : changeGocardless(pen);
    }

    static boolean changeProAccount(Pen pen) {
        Optional<ProAccountMandate> found = pen.pick(Streams.PRO_ACCOUNT_MANDATES, mandate -> mandate.status()
                .equals("pending"));
        found.ifPresent(mandate -> pen.update(Streams.PRO_ACCOUNT_MANDATES,
                mandate.withStatus("enabled", pen.updated(mandate.stamps()))));
        return found.isPresent();
    }

    static boolean remove(Pen pen) {
        Optional<SepaMandate> found = pen.books().sepaMandates().size() < 2 ? Optional.empty()
                : pen.pick(Streams.SEPA_MANDATES, mandate -> true);
        found.ifPresent(mandate -> pen.remove(Streams.SEPA_MANDATES, mandate));
        return found.isPresent();
    }

    private static boolean changeSepa(Pen pen) {
        Optional<SepaMandate> found = pen.pick(Streams.SEPA_MANDATES, mandate -> true);
        found.ifPresent(mandate -> pen.update(Streams.SEPA_MANDATES,
                mandate.withSequence(pen.dice().pick(SEQUENCES), pen.updated(mandate.stamps()))));
        return found.isPresent();
    }

    private static boolean changeGocardless(Pen pen) {
        Optional<GocardlessMandate> found = pen.pick(Streams.GOCARDLESS_MANDATES, mandate -> true);
        found.ifPresent(mandate -> pen.update(Streams.GOCARDLESS_MANDATES,
                mandate.withStatus(pen.dice().pick(STATUSES), pen.updated(mandate.stamps()))));
        return found.isPresent();
    }
}

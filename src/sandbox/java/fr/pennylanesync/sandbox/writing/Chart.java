package fr.pennylanesync.sandbox.writing;

import fr.pennylanesync.sandbox.books.LedgerAccount;
import fr.pennylanesync.sandbox.books.Stamps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The chart of accounts while it is being written: the common accounts, then one account per customer and supplier. */
final class Chart {

    private static final List<String> COMMON = List.of("101|Capital souscrit - appelé, versé",
            "120|Résultat de l'exercice", "2183|Matériel de bureau et informatique",
            "28183|Amortissements du matériel informatique", "401|Fournisseurs", "411|Clients",
            "421|Personnel - rémunérations dues", "431|Sécurité sociale", "437|Autres organismes sociaux",
            "44551|TVA à décaisser", "44566|TVA déductible sur autres biens et services", "44571|TVA collectée",
            "455|Associés - comptes courants", "471|Compte d'attente", "486|Charges constatées d'avance", "512|Banques",
            "512001|Compte principal", "512002|Compte Pro", "580|Virements internes", "606|Achats non stockés",
            "6061|Électricité, eau", "613|Locations", "615|Entretien et réparations", "616|Primes d'assurance",
            "6226|Honoraires", "6251|Voyages et déplacements", "626|Frais postaux et télécommunications",
            "627|Services bancaires", "641|Rémunérations du personnel", "645|Charges de sécurité sociale",
            "6811|Dotations aux amortissements", "706|Prestations de services", "707|Ventes de marchandises",
            "7085|Ports et frais facturés", "758|Produits divers de gestion courante");

    private final GeneratorContext context;
    private final SeededRandom random;
    private final List<LedgerAccount> accounts = new ArrayList<>();
    private final Map<String, LedgerAccount> byNumber = new HashMap<>();

    Chart(GeneratorContext context) {
        this.context = context;
        this.random = context.dice("chart");
        for (String line : COMMON) {
            String[] parts = line.split("\\|");
            open(parts[0], parts[0], parts[1], false);
        }
    }

    /** The id of an account of the common chart. */
    long account(String number) {
        return byNumber.get(number).id();
    }

    /** Opens the account of a customer (root 411) or supplier (401), numbered or lettered. */
    long openThirdParty(String root, String name) {
        String letters = FakePeople.slug(name).replace("-", "").toUpperCase(Locale.ROOT);
        String number = random.chance(50) && letters.length() >= 5 ? root + letters.substring(0, 5)
                : root
                        + String.format(Locale.ROOT, "%05d", accounts.size());
        if (byNumber.containsKey(number)) {
            number = root + String.format(Locale.ROOT, "%05d", accounts.size());
        }
        return open(number, root, context.prose().label(name), true).id();
    }

    List<LedgerAccount> accounts() {
        return accounts;
    }

    private LedgerAccount open(String number, String root, String label, boolean letterable) {
        Stamps stamps = context.almanac().stamps(context.almanac().start(), random);
        LedgerAccount account =
                new LedgerAccount(context.ids().of("ledger_accounts").next(), stamps, number, root, label,
                        "any", !number.equals("486"), letterable ? "third_party" : "custom", letterable);
        accounts.add(account);
        byNumber.put(number, account);
        return account;
    }
}

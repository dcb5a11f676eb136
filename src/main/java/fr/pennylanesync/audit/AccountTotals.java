package fr.pennylanesync.audit;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Debits and credits by account number. An account of which both are zero is like one that is not there. */
final class AccountTotals {

    /** Debits and credits of one account. */
    record Totals(BigDecimal debits, BigDecimal credits) {

        static final Totals ZERO = new Totals(BigDecimal.ZERO, BigDecimal.ZERO);

        Totals plus(Totals other) {
            return new Totals(debits.add(other.debits), credits.add(other.credits));
        }

        boolean isSameAs(Totals other) {
            return debits.compareTo(other.debits) == 0 && credits.compareTo(other.credits) == 0;
        }
    }

    private final Map<String, Totals> byAccount = new TreeMap<>();

    void add(String account, Totals totals) {
        byAccount.merge(account, totals, Totals::plus);
    }

    int size() {
        return byAccount.size();
    }

    /**
     * Adds accounts of third parties up in the root account that the other side has: its longest number with which
     * theirs begin. An account that the other side has itself stays as it is.
     */
    AccountTotals foldedInto(AccountTotals other) {
        AccountTotals folded = new AccountTotals();
        byAccount.forEach((account, totals) -> folded.add(other.root(account), totals));
        return folded;
    }

    private String root(String account) {
        for (int length = account.length(); length > 0; length--) {
            if (byAccount.containsKey(account.substring(0, length))) {
                return account.substring(0, length);
            }
        }
        return account;
    }

    /** The accounts whose totals are not the same, to the cent. */
    Set<String> differing(AccountTotals other) {
        Set<String> differing = new TreeSet<>(byAccount.keySet());
        differing.addAll(other.byAccount.keySet());
        differing.removeIf(account -> of(account).isSameAs(other.of(account)));
        return differing;
    }

    private Totals of(String account) {
        return byAccount.getOrDefault(account, Totals.ZERO);
    }
}

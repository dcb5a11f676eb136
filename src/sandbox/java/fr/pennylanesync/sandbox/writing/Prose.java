package fr.pennylanesync.sandbox.writing;

import fr.pennylanesync.sandbox.Canaries;
import java.util.ArrayList;
import java.util.List;

/** Names and labels, now and then in the shapes that break readers, and with the canaries planted. */
public final class Prose {

    private static final int EVERY = 23;
    private static final String LONG_TEXT =
            "Prestation détaillée au procès-verbal de réception, réserves levées. ".repeat(30).strip();

    private final Canaries canaries;
    private final List<String> oddities;
    private int labels;

    Prose(Canaries canaries, boolean awkward) {
        this.canaries = canaries;
        this.oddities = oddities(awkward);
    }

    /** A label: every so often with an oddity at its end. */
    public String label(String text) {
        labels++;
        String decorated = labels % EVERY == 0 ? text + " " + oddities.get(labels / EVERY % oddities.size()) : text;
        return canaries.label().isEmpty() ? decorated : decorated + " " + canaries.label();
    }

    public String name(String text) {
        return canaries.name().isEmpty() ? text : text + " " + canaries.name();
    }

    public List<String> emails(String... addresses) {
        List<String> all = new ArrayList<>(List.of(addresses));
        if (!canaries.email().isEmpty()) {
            all.add(canaries.email());
        }
        return List.copyOf(all);
    }

    public String email(String address) {
        return canaries.email().isEmpty() ? address : canaries.email();
    }

    public String iban(String iban) {
        return canaries.iban().isEmpty() ? iban : canaries.iban();
    }

    private static List<String> oddities(boolean awkward) {
        List<String> all = new ArrayList<>(List.of("✨🎉 n°7", "l'été à Évreux, c'est « œuvré »",
                "\"cité\" \\ puis\tune\nligne", LONG_TEXT, "e\u0301te\u0301 de\u0301compose\u0301", "<b>&amp;</b> NULL",
                "👩‍👩‍👧‍👦 \u200b"));
        if (awkward) {
            all.add(1, "zéro\u0000ici");
            all.add(3, "demi\ud800paire");
            all.add(5, "شركة النور للتجارة");
        }
        return List.copyOf(all);
    }
}

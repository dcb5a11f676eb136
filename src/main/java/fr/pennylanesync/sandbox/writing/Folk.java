package fr.pennylanesync.sandbox.writing;

import fr.pennylanesync.sandbox.books.Address;
import fr.pennylanesync.sandbox.books.PersonName;
import java.text.Normalizer;
import java.util.Locale;

/** Draws people, businesses, addresses, e-mails and phone numbers. */
public final class Folk {

    private final Dice dice;

    public Folk(Dice dice) {
        this.dice = dice;
    }

    public PersonName person() {
        return new PersonName(dice.pick(Words.FIRST_NAMES), dice.pick(Words.LAST_NAMES));
    }

    public String business() {
        String name = dice.pick(Words.TRADES) + " " + dice.pick(Words.BRANDS);
        return dice.chance(70) ? name + " " + dice.pick(Words.FORMS) : name + " & " + dice.pick(Words.LAST_NAMES);
    }

    public Address address() {
        String city = dice.pick(Words.CITIES);
        String street = dice.between(1, 240) + (dice.chance(10) ? " bis " : " ") + dice.pick(Words.STREETS);
        return new Address(street, city.substring(0, 5), city.substring(6), "FR");
    }

    public Address abroad() {
        return new Address(dice.between(1, 99) + " Market Street", "EC2A 4NE", "London", "GB");
    }

    public String phone() {
        return "+33" + dice.between(1, 7) + dice.digits(8);
    }

    public String email(String mailbox, String business) {
        return slug(mailbox) + "@" + slug(business) + ".example";
    }

    /** Lower-case ASCII letters and digits, joined by hyphens. */
    static String slug(String text) {
        String plain = Normalizer.normalize(text.replace("œ", "oe").replace("Œ", "Oe"), Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "");
        return plain.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }
}

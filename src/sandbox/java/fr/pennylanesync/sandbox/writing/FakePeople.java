package fr.pennylanesync.sandbox.writing;

import fr.pennylanesync.sandbox.books.Address;
import fr.pennylanesync.sandbox.books.PersonName;
import java.text.Normalizer;
import java.util.Locale;

/** Draws people, businesses, addresses, e-mails and phone numbers. */
public final class FakePeople {

    private final SeededRandom random;

    public FakePeople(SeededRandom random) {
        this.random = random;
    }

    public PersonName person() {
        return new PersonName(random.pick(Words.FIRST_NAMES), random.pick(Words.LAST_NAMES));
    }

    public String business() {
        String name = random.pick(Words.TRADES) + " " + random.pick(Words.BRANDS);
        return random.chance(70) ? name + " " + random.pick(Words.FORMS) : name + " & " + random.pick(Words.LAST_NAMES);
    }

    public Address address() {
        String city = random.pick(Words.CITIES);
        String street = random.between(1, 240) + (random.chance(10) ? " bis " : " ") + random.pick(Words.STREETS);
        return new Address(street, city.substring(0, 5), city.substring(6), "FR");
    }

    public Address abroad() {
        return new Address(random.between(1, 99) + " Market Street", "EC2A 4NE", "London", "GB");
    }

    public String phone() {
        return "+33" + random.between(1, 7) + random.digits(8);
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

package fr.pennylanesync.sandbox;

/**
 * Texts planted in every name, label, e-mail list and IBAN of the made-up data, so that a test can search logs, metrics
 * and files for them. An empty text plants nothing.
 */
public record Canaries(String name, String label, String email, String iban) {

    public static final Canaries NONE = new Canaries("", "", "", "");

    public Canaries {
        if (name == null || label == null || email == null || iban == null) {
            throw new IllegalArgumentException("a canary is a text, empty to plant nothing");
        }
    }
}

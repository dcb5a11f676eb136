package fr.pennylanesync.landing.record;

/**
 * Says that something of a record has no place in its row.
 *
 * @param reason why, as a code
 * @param text the whole record as it was received, bounded, as storable text without links that expire
 */
public record Damage(String reason, String text) {

    public Damage {
        text = StorableText.encode(ExpiringUrls.withoutIn(text));
    }

    /** Says why, and nothing of what the record holds. */
    @Override
    public String toString() {
        return "Damage[" + reason + "]";
    }
}

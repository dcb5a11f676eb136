package fr.pennylanesync.hash;

import java.nio.charset.StandardCharsets;

/**
 * A JSON value in its canonical spelling, as the UTF-8 that is hashed.
 *
 * @param utf8 the bytes themselves: they are not to be changed
 * @param unusual whether something in it stands as a numbered escape, is a noncharacter of Unicode, or is a number
 * without the zeros that ended it
 */
public record SpelledJson(byte[] utf8, boolean unusual) {

    /** The record hash of the value. */
    public Sha256 hash() {
        return Sha256.of(utf8);
    }

    /** The value as text. */
    @Override
    public String toString() {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}

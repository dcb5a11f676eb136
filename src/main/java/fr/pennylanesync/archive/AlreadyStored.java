package fr.pennylanesync.archive;

/**
 * The bucket holds an object under the key already, so nothing was stored: the answer 412 to {@code If-None-Match:
 * *}. The route of the put catches it and reads the object back; it is no failure.
 */
public final class AlreadyStored extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public AlreadyStored() {
        super("an object lies under the key already");
    }
}

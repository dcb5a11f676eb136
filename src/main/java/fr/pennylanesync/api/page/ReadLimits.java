package fr.pennylanesync.api.page;

/**
 * Bounds how much of an answer is read.
 *
 * @param bodyBytes size of the body after decompression
 */
public record ReadLimits(long bodyBytes) {

    /** 32 MiB: a page of 100 invoices with 20 lines each is below 4 MiB. */
    public static final ReadLimits DEFAULT = new ReadLimits(32L * 1024 * 1024);

    public ReadLimits {
        if (bodyBytes < 1) {
            throw new IllegalArgumentException("a body limit is at least one byte");
        }
    }
}

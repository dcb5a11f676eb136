package fr.pennylanesync.api.page;

/**
 * Bounds how much of an answer is read.
 *
 * @param bodyBytes size of the body after decompression
 * @param memory what answers may take while they are parsed, together with all others
 */
public record ReadLimits(long bodyBytes, ParseMemory memory) {

    /** 32 MiB: a page of 100 invoices with 20 lines each is below 4 MiB. */
    public static final ReadLimits DEFAULT = new ReadLimits(32L * 1024 * 1024);

    /** Takes as much memory as this machine has for parsing. */
    public ReadLimits(long bodyBytes) {
        this(bodyBytes, ParseMemory.OF_THIS_MACHINE);
    }

    public ReadLimits {
        if (bodyBytes < 1) {
            throw new IllegalArgumentException("a body limit is at least one byte");
        }
    }
}

package fr.pennylanesync.api.budget;

/**
 * The right to send one request now. It must be closed in every case; closing without {@link #answered} says that no
 * answer came.
 */
public interface Permit extends AutoCloseable {

    /** To be called as soon as the answer's head is there: the moment bounds when the server counted the request. */
    void answered(int status, RateHeaders headers);

    @Override
    void close();
}

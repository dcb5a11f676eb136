package fr.pennylanesync.lease;

/** The right of this process to read a company, until it is closed. */
public interface Lease extends AutoCloseable {

    @Override
    void close();
}

package fr.pennylanesync.landing;

import fr.pennylanesync.stream.PassKind;

/** Counts what is landed. */
public interface LandingMeter {

    LandingMeter NONE = new LandingMeter() {
        @Override
        public void landed(long companyId, String stream, PassKind pass, int records) {}

        @Override
        public void mismatched() {}

        @Override
        public void altered(long companyId, String stream, int rows) {}
    };

    /** A batch is committed. */
    void landed(long companyId, String stream, PassKind pass, int records);

    /** A batch did not read back as it was written; it is rolled back. */
    void mismatched();

    /**
     * Rows of records that did not change held something else than was landed; the batch that found it is committed.
     */
    void altered(long companyId, String stream, int rows);
}

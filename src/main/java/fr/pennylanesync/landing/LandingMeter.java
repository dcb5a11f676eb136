package fr.pennylanesync.landing;

import fr.pennylanesync.stream.PassKind;

/** Counts what is landed. */
public interface LandingMeter {

    LandingMeter NONE = new LandingMeter() {
        @Override
        public void landed(long companyId, String stream, PassKind pass, int records) {}

        @Override
        public void mismatched() {}
    };

    /** A batch is committed. */
    void landed(long companyId, String stream, PassKind pass, int records);

    /** A batch did not read back as it was written; it is rolled back. */
    void mismatched();
}

package fr.pennylanesync.report;

/** Names the kinds of things that can be set aside, each with what a person can do about it. */
public enum QuarantineKind {
    COLUMN("the record is whole in payload: correct the column's type in the stream file, under a new column name"),
    RECORD("ask the company's administrator why Pennylane does not hand it out, then retry"),
    BATCH("check the disk and memory of the database, then retry"),
    SWEEP("check the token's rights and compare with Pennylane; where the rows are really gone, retry with --confirm"),
    FILE("look at the record in Pennylane: the file itself is missing or damaged there; then retry");

    private final String remedy;

    QuarantineKind(String remedy) {
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}

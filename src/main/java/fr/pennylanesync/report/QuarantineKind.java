package fr.pennylanesync.report;

import fr.pennylanesync.landing.state.Quarantine;
import java.util.Set;

/** Names the kinds of things that can be set aside, each with what a person can do about it. */
public enum QuarantineKind {
    COLUMN("the record is whole in payload: correct the column's type in the stream file, under a new column name"),
    RECORD("ask the company's administrator why Pennylane does not hand it out, then retry"),
    BATCH("check the disk and memory of the database, then retry"),
    SWEEP("check the token's rights and compare with Pennylane; where the rows are really gone, retry with --confirm"),
    FILE("look at the record in Pennylane: the file itself is missing or damaged there; then retry");

    private static final Set<String> NOT_HANDED_OUT =
            Set.of(Quarantine.FORBIDDEN, Quarantine.NOT_FOUND, Quarantine.NOT_LISTED);

    private final String remedy;

    QuarantineKind(String remedy) {
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }

    /** @param reason why an entry of this kind was made */
    String remedy(String reason) {
        if (this != RECORD || NOT_HANDED_OUT.contains(reason)) {
            return remedy;
        }
        return reason.startsWith("SQLSTATE") ? "look at constraints and triggers that were added to the table; "
                + "it is tried again by itself, later and later"
                : "nothing here: it is read again by itself; where it stays, tell Pennylane the id";
    }
}

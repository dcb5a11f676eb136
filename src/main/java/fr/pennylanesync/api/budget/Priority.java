package fr.pennylanesync.api.budget;

/** Who goes first when a company's requests are scarce, most urgent first. */
public enum Priority {
    CHANGES,
    FILES,
    WALK,
    AUDITS,
    ENRICHMENT
}

package fr.pennylanesync.api.budget;

/** Says who goes first when a company's requests are scarce, most urgent first. */
public enum Priority {
    CHANGES,
    FILES,
    WALK,
    ENRICHMENT
}

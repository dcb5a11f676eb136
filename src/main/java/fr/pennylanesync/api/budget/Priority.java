package fr.pennylanesync.api.budget;

/** Says who goes first when a company's requests are scarce, most urgent first. */
public enum Priority {
    CHANGES,
    WALK,
    FILES,
    ENRICHMENT,
    /** What belongs to documents of earlier years has what nobody else needs. */
    BACKLOG
}

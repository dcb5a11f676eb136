package fr.pennylanesync.api.budget;

/** Says who goes first when a company's requests are scarce, most urgent first. */
public enum Priority {
    CHANGES,
    WALK,
    FILES,
    ENRICHMENT,
    /** Gives what belongs to documents of earlier years only what nobody else needs. */
    BACKLOG
}

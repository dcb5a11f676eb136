package fr.pennylanesync.api;

/** Whose fault a failure is: it decides who has to act. */
public enum FailureKind {
    /** Our request, configuration or token is wrong: somebody here must change something. */
    OURS,
    /** The server broke its documented contract: reading once more may help, guessing never does. */
    THEIRS,
    /** Nobody's fault: the same request may succeed later. */
    TRANSIENT
}

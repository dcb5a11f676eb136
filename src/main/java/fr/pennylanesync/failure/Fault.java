package fr.pennylanesync.failure;

/** A fault says who has to act on a failure. */
public enum Fault {
    /** This program, or the machine that it runs on, did something wrong. */
    OURS,
    /** Another system is away or broke its contract: Pennylane, a database, a bucket, the network in between. */
    THEIRS,
    /** A setting, a token, a right or a file of the operator has to be changed. */
    CONFIGURATION,
    /** One record, one row or one file is not what it should be. */
    ITEM
}

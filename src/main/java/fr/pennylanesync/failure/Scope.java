package fr.pennylanesync.failure;

/** A scope says how much work a failure stops once it is not tried again any more; everything beyond it goes on. */
public enum Scope {
    /** One record or one file is left out. */
    ITEM,
    /** One batch is rolled back and set aside. */
    BATCH,
    /** One stream of one company stops with its checkpoint unmoved. */
    STREAM,
    /** Every stream of one company stops. */
    COMPANY,
    /** The whole process, or its start, is concerned. */
    PROCESS
}

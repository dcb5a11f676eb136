package fr.pennylanesync.logging;

import org.slf4j.event.Level;

/** Declares the events of audits. */
@Event.Topic("Audits")
public sealed interface AuditEvent extends Event {

    @Declared(
            level = Level.ERROR,
            means = "Records contradict a rule that all books keep, named by `part`, although they were read again: "
                    + "something is missing here, was altered, or is wrong at Pennylane.",
            action = "Do what `remedy` says.")
    record BooksDiffer(long company, String stream, String part, long differing, String ids, String remedy)
            implements AuditEvent {}

    @Declared(level = Level.INFO, means = "Records that contradicted a rule of the books do so no longer.")
    record BooksAgreeAgain(long company, String stream, String part, long agreeing) implements AuditEvent {}

    @Declared(
            level = Level.WARN,
            means = "Records differ, or are new, although no event of the changelog had announced it; `by` says what "
                    + "found it. What was read is landed.",
            action = "Do what `remedy` says.")
    record ChangesMissed(long company, String stream, String by, long differing, String ids, String remedy)
            implements AuditEvent {}
}

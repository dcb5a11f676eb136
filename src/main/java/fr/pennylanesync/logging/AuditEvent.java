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

    @Declared(
            level = Level.ERROR,
            means = "An audit by schedule found parts that are not as their source has them; `kind` says which source.",
            action = "Run `audit --kind` with that kind for the company: it names the parts; with `--repair` it reads "
                    + "them again.")
    record AuditDiffers(long company, String kind, long parts) implements AuditEvent {}

    @Declared(
            level = Level.WARN,
            means = "An audit by schedule could not compare some parts; `code` says why the first of them was not.",
            action = "Do what the code's remedy in errors.md says; the next audit tries again.")
    record AuditNotDone(long company, String kind, long parts, String code) implements AuditEvent {}

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

package fr.pennylanesync.logging;

import org.slf4j.event.Level;

/** Declares the events of the sandbox, which no operator of a real company sees. */
@Event.Topic("Sandbox")
public sealed interface SandboxEvent extends Event {

    @Declared(
            level = Level.ERROR,
            means = "A fault of the sandbox made it answer a request with 500.",
            action = "Report it with the stack trace.")
    record SandboxRequestFailed(String exception) implements SandboxEvent {}

    @Declared(
            level = Level.ERROR,
            means = "A fault of the sandbox ended the changes of its books.",
            action = "Report it with the stack trace.")
    record SandboxMutationsStopped(String exception) implements SandboxEvent {}

    @Declared(
            level = Level.ERROR,
            means = "A fault of the sandbox ended the copies of its data sharing.",
            action = "Report it with the stack trace.")
    record SandboxShareStopped(String exception) implements SandboxEvent {}

    @Declared(level = Level.DEBUG, means = "The books of the companies that changed were copied into the data sharing.")
    record SandboxShareCopied(long companies, long durationMs) implements SandboxEvent {}
}

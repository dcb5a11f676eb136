package fr.pennylanesync.logging;

import org.slf4j.event.Level;

/** Declares the events of commands and of the console. */
@Event.Topic("Commands and console")
public sealed interface ProcessEvent extends Event {

    @Declared(
            level = Level.ERROR,
            means = "A fault of this program ended a command.",
            action = "Report it with the stack trace.")
    record CommandFailed() implements ProcessEvent {}

    @Declared(level = Level.INFO, means = "A signal asked the process to end; what is under way is finished first.")
    record StopAsked(String signal) implements ProcessEvent {}

    @Declared(level = Level.INFO,
            means = "A signal ended a command before it was done; `exception` is how it broke off.")
    record CommandStopped(String exception) implements ProcessEvent {}

    @Declared(
            level = Level.WARN,
            means = "A second Ctrl-C ended the process at once, without closing anything.",
            action = "Nothing: the next start goes on from the checkpoints.")
    record StopForced(String signal) implements ProcessEvent {}

    @Declared(
            level = Level.ERROR,
            means = "The Java machine failed, as without memory or stack, so the process ends at once with 3.",
            action = "Let the service manager start it again; if it repeats, raise -Xmx.")
    record MachineFailed(String exception) implements ProcessEvent {}

    @Declared(
            level = Level.ERROR,
            means = "A fault of this program ended a thread.",
            action = "Report it with the stack trace.")
    record ThreadFailed() implements ProcessEvent {}

    @Declared(
            level = Level.ERROR,
            means = "A stop took too long, so the process ended without closing everything.",
            action = "Nothing: the next start goes on from the checkpoints.")
    record StopGivenUp(long afterS, String remedy) implements ProcessEvent {}

    @Declared(
            level = Level.ERROR,
            means = "A page of the console could not be made.",
            action = "Report it with the stack trace.")
    record ConsoleFailed(String path) implements ProcessEvent {}

    @Declared(
            level = Level.WARN,
            means = "Somebody could not log in to the console by the OpenID provider; `part` is what was wrong: a"
                    + " claim of the id token, or a step before it.",
            action = "See what the remedy says.")
    record ConsoleLoginFailed(String code, String part, String exception, String remedy) implements ProcessEvent {}

    @Declared(
            level = Level.WARN,
            means = "The warehouse could not be asked for what the console, the health and the metrics show.",
            action = "Nothing: it is asked again.")
    record ConsoleNotRefreshed(String exception) implements ProcessEvent {}

    @Declared(level = Level.INFO,
            means = "A command audits or verifies with a login that may only read, so the console's list of runs has"
                    + " nothing of it.")
    record RunNotNoted(String kind, String exception) implements ProcessEvent {}

    @Declared(
            level = Level.WARN,
            means = "The server of `tracing.endpoint` does not take spans; they are dropped, and nothing waits for it.",
            action = "See whether it runs and listens there for OTLP over HTTP.")
    record TracesNotSent() implements ProcessEvent {}

    @Declared(level = Level.INFO, means = "The server of `tracing.endpoint` takes spans again.")
    record TracesSent() implements ProcessEvent {}

    @Declared(
            level = Level.WARN,
            means = "The file of `logging.file` cannot be written, so the log goes to standard error.",
            action = "Correct the setting or the rights of the directory, then start again.")
    record LogFileUnwritable(String code) implements ProcessEvent {}
}

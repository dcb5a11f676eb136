package fr.pennylanesync.logging;

import org.slf4j.event.Level;

/** Declares the events of the routes and of their jobs. */
@Event.Topic("Routes and jobs")
public sealed interface RouteEvent extends Event {

    @Declared(level = Level.INFO, means = "A change of the routes took over.")
    record RoutesLoaded(long added, long changed, long gone, String tree) implements RouteEvent {}

    @Declared(
            level = Level.ERROR,
            means = "A change of the routes breaks a rule; what ran before runs on. One line is logged for each fault.",
            action = "Do what `remedy` says.")
    record RoutesRefused(String file, long line, String rule, String remedy) implements RouteEvent {}

    @Declared(
            level = Level.WARN,
            means = "Route files may use more than the program ships: `routes.allow` names the file that says what.",
            action = "Nothing if the file is meant; else remove the key `routes.allow`.")
    record RoutesWidened(String file) implements RouteEvent {}

    @Declared(level = Level.INFO, means = "A change of the routes that was refused was taken back.")
    record RoutesRestored() implements RouteEvent {}

    @Declared(level = Level.INFO, means = "The last batch under earlier routes ended, and those routes were removed.")
    record RoutesRetired(String tree) implements RouteEvent {}

    @Declared(
            level = Level.WARN,
            means = "A change of the routes cannot be judged now, because the warehouse is away or a table is in use.",
            action = "Nothing: it is tried again.")
    record ReloadPostponed(String exception) implements RouteEvent {}

    @Declared(
            level = Level.WARN,
            means = "Changed routes are in force; their privacy rules cannot be applied to older rows now, because the"
                    + " warehouse is away or a table is in use.",
            action = "Nothing: it is tried again.")
    record RulesPostponed(String exception) implements RouteEvent {}

    @Declared(
            level = Level.WARN,
            means = "The warehouse could not be told how the routes stand on this node.",
            action = "Nothing: it is tried again.")
    record ReloadStateNotSaved(String exception) implements RouteEvent {}

    @Declared(
            level = Level.ERROR,
            means = "A fault of this program ended the judging of a change of the routes.",
            action = "Report it with the stack trace.")
    record ReloadFailed() implements RouteEvent {}

    @Declared(
            level = Level.ERROR,
            means = "A job fails, or fails in another way than before; its next time comes anyway. While it goes on "
                    + "failing in this way there is no further line.",
            action = "Do what `message` says.")
    record JobFailed(String job, String code, String message) implements RouteEvent {}

    @Declared(level = Level.INFO, means = "A job that failed has come to its end again, after `after_s` seconds.")
    record JobWorksAgain(String job, long afterS) implements RouteEvent {}

    @Declared(
            level = Level.ERROR,
            means = "A job that the routes no longer hold could not be removed.",
            action = "Restart the process.")
    record JobNotRemoved(String job, String exception) implements RouteEvent {}

    @Declared(
            level = Level.ERROR,
            means = "A policy that the routes no longer hold could not be removed.",
            action = "Restart the process.")
    record PolicyNotRemoved(String policy, String exception) implements RouteEvent {}
}

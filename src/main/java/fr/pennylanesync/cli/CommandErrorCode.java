package fr.pennylanesync.cli;

import static fr.pennylanesync.failure.ErrorDescription.lasting;
import static fr.pennylanesync.failure.ErrorDescription.passing;
import static fr.pennylanesync.failure.Fault.CONFIGURATION;
import static fr.pennylanesync.failure.Fault.OURS;
import static fr.pennylanesync.failure.Scope.PROCESS;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.ErrorDescription;
import fr.pennylanesync.failure.SyncException;

/** The codes of commands that cannot be carried out as they were given. */
enum CommandErrorCode implements ErrorCode {
    COMMAND_REFUSED(lasting(CONFIGURATION, PROCESS,
            "the command cannot be carried out as it was given",
            "correct what it names; --help shows its options")),
    COMMAND_STOPPED(passing(OURS, PROCESS,
            "a signal ended the command before it was done",
            "nothing is lost; give it again, and it goes on where it stopped"));

    private final ErrorDescription description;

    CommandErrorCode(ErrorDescription description) {
        this.description = description;
    }

    /** @param why what is wrong with the command, in whole sentences */
    static SyncException refused(String why) {
        return new SyncException(COMMAND_REFUSED, why);
    }

    @Override
    public String source() {
        return "command";
    }

    @Override
    public ErrorDescription description() {
        return description;
    }
}

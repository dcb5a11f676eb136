package fr.pennylanesync.cli;

import static fr.pennylanesync.failure.ErrorDescription.lasting;
import static fr.pennylanesync.failure.Fault.CONFIGURATION;
import static fr.pennylanesync.failure.Scope.PROCESS;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.ErrorDescription;

/** The codes of commands that cannot be carried out as they were given. */
enum CommandErrorCode implements ErrorCode {
    COMMAND_REFUSED(lasting(CONFIGURATION, PROCESS,
            "the command cannot be carried out as it was given",
            "correct what it names; --help shows its options"));

    private final ErrorDescription description;

    CommandErrorCode(ErrorDescription description) {
        this.description = description;
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

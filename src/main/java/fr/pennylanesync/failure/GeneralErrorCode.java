package fr.pennylanesync.failure;

/** The code of what no package has a code for. */
public enum GeneralErrorCode implements ErrorCode {
    UNEXPECTED(ErrorDescription.lasting(Fault.OURS, Scope.STREAM, "a fault of this program",
            "report it; the message names the class and the line"));

    private final ErrorDescription description;

    GeneralErrorCode(ErrorDescription description) {
        this.description = description;
    }

    @Override
    public String source() {
        return "program";
    }

    @Override
    public ErrorDescription description() {
        return description;
    }
}

package fr.pennylanesync.company;

/** Why a token file, or the directory of them, is not used. The file's content is never part of a fault. */
public enum TokenFault {
    DIRECTORY_MISSING("create pennylane.tokens.directory, or correct the setting; nothing changes until it is there"),
    DIRECTORY_UNREADABLE("let the runtime's user list the token directory; nothing changes until it can"),
    DIRECTORY_WRITABLE_BY_ALL("anybody could replace a token: chmod o-w the token directory"),
    TOO_MANY_FILES("keep only token files in the token directory"),
    ALIAS_INVALID("name the file <alias>.token, the alias in lower case: a-z, 0-9, _ and -"),
    NOT_A_FILE("replace it by an ordinary file that holds the token"),
    VANISHED("the file, or the file that it links to, is not there: put it back or remove the link"),
    MODE_TOO_WIDE("chmod 600 the file; in a Kubernetes secret volume set defaultMode 0440 or 0400"),
    MODE_UNKNOWN("keep tokens on a file system that has owners and modes"),
    UNREADABLE("make the runtime's user the owner of the file"),
    EMPTY("write the token into the file"),
    TOO_LARGE("the file holds more than a token: write the token alone into it"),
    SEVERAL_LINES("write the token alone into the file, on one line"),
    NOT_A_TOKEN("write the token alone into the file: no blanks, no quotes, no Bearer, no control characters"),
    PLACEHOLDER_UNRESOLVED("the file names a property that has no value: define it, or write the token into the file"),
    NEXT_MISSING("write the new token into <alias>.token.next, mode 0600, or give it on standard input"),
    NOT_WRITTEN("let the runtime's user write the token directory, or change the token where it is kept"),
    NEXT_WITHOUT_CURRENT("rename <alias>.token.next to <alias>.token"),
    TWO_SOURCES("keep either <alias>.token or <alias>.oauth"),
    OAUTH_FILE_INVALID("write the JSON object with client_id, client_secret and refresh_token"),
    OAUTH_NOT_PERSISTABLE("refresh tokens change on every use: keep the file in a directory that the runtime may write"),
    OAUTH_REFUSED("the refresh token was refused: authorise the application again and write the new refresh token"),
    TOKEN_EXPIRES_SOON("create a new company token in Pennylane and put it in place with tokens rotate"),
    TOKEN_EXPIRED("create a new company token in Pennylane and put it in place with tokens rotate; if the token was changed already, "
            + "correct or remove <alias>.token.expires"),
    EXPIRY_INVALID("write one date, such as 2027-03-31, into <alias>.token.expires, or remove that file");

    private final String remedy;

    TokenFault(String remedy) {
        this.remedy = remedy;
    }

    /** What a person can do about it, in one sentence. */
    public String remedy() {
        return remedy;
    }
}

package fr.pennylanesync.token;

import static fr.pennylanesync.failure.ErrorDescription.lasting;
import static fr.pennylanesync.failure.ErrorDescription.passing;
import static fr.pennylanesync.failure.Fault.CONFIGURATION;
import static fr.pennylanesync.failure.Fault.THEIRS;
import static fr.pennylanesync.failure.Scope.COMPANY;
import static fr.pennylanesync.failure.Scope.PROCESS;

import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.ErrorDescription;

/** The codes of token files, and of the directory of them, that are not used. No content is part of a failure. */
public enum TokenErrorCode implements ErrorCode {
    DIRECTORY_MISSING(lasting(CONFIGURATION, PROCESS,
            "there is no token directory",
            "create pennylane.tokens.directory, or correct the setting; nothing changes until it is there")),
    DIRECTORY_UNREADABLE(lasting(CONFIGURATION, PROCESS,
            "the token directory cannot be listed",
            "let the runtime's user list the token directory; nothing changes until it can")),
    DIRECTORY_WRITABLE_BY_ALL(lasting(CONFIGURATION, PROCESS,
            "anybody could replace a token",
            "chmod o-w the token directory")),
    TOO_MANY_FILES(lasting(CONFIGURATION, PROCESS,
            "the token directory holds too many files",
            "keep only token files in the token directory")),
    ALIAS_INVALID(lasting(CONFIGURATION, COMPANY,
            "the name is no alias",
            "name the file <alias>.token, the alias in lower case: a-z, 0-9, _ and -")),
    ALIAS_EXISTS(lasting(CONFIGURATION, COMPANY,
            "the alias has a token already",
            "choose another alias, or put a new token of that company in place with tokens rotate")),
    NOT_A_FILE(lasting(CONFIGURATION, COMPANY,
            "the name leads to no ordinary file",
            "replace it by an ordinary file that holds the token")),
    VANISHED(lasting(CONFIGURATION, COMPANY,
            "the file, or the file that it links to, is not there",
            "put it back or remove the link")),
    MODE_TOO_WIDE(lasting(CONFIGURATION, COMPANY,
            "others may read the file",
            "chmod 600 the file; in a Kubernetes secret volume set defaultMode 0440 or 0400")),
    FOREIGN_OWNER(lasting(CONFIGURATION, COMPANY,
            "the file belongs to a user who has no say over the token directory",
            "make the owner of the token directory, or root, the owner of the file")),
    MODE_UNKNOWN(lasting(CONFIGURATION, COMPANY,
            "the file system does not say who may read the file",
            "keep tokens on a file system that has owners and modes")),
    UNREADABLE(lasting(CONFIGURATION, COMPANY,
            "the file cannot be read",
            "make the runtime's user the owner of the file")),
    EMPTY(lasting(CONFIGURATION, COMPANY,
            "the file is empty",
            "write the token into the file")),
    TOO_LARGE(lasting(CONFIGURATION, COMPANY,
            "the file holds more than a token",
            "write the token alone into it")),
    SEVERAL_LINES(lasting(CONFIGURATION, COMPANY,
            "the file has several lines",
            "write the token alone into the file, on one line")),
    NOT_A_TOKEN(lasting(CONFIGURATION, COMPANY,
            "the text is no token",
            "write the token alone into the file: no blanks, no quotes, no Bearer, no control characters")),
    PLACEHOLDER_UNRESOLVED(lasting(CONFIGURATION, COMPANY,
            "the file names a property that has no value",
            "define it, or write the token into the file")),
    NEXT_MISSING(lasting(CONFIGURATION, COMPANY,
            "there is no new token",
            "write the new token into <alias>.token.next, mode 0600, or give it on standard input")),
    NOT_WRITTEN(lasting(CONFIGURATION, COMPANY,
            "the token directory cannot be written",
            "let the runtime's user write the token directory, or change the token where it is kept")),
    NEXT_WITHOUT_CURRENT(lasting(CONFIGURATION, COMPANY,
            "there is a next token and none in use",
            "rename <alias>.token.next to <alias>.token")),
    TWO_SOURCES(lasting(CONFIGURATION, COMPANY,
            "the alias has two files",
            "keep either <alias>.token or <alias>.oauth")),
    OAUTH_FILE_INVALID(lasting(CONFIGURATION, COMPANY,
            "the file is not what an OAuth application needs",
            "write the JSON object with client_id, client_secret and refresh_token")),
    OAUTH_NOT_PERSISTABLE(lasting(CONFIGURATION, COMPANY,
            "new refresh tokens cannot be kept",
            "refresh tokens change on every use: keep the file in a directory that the runtime may write")),
    OAUTH_REFUSED(lasting(CONFIGURATION, COMPANY,
            "the refresh token was refused",
            "authorise the application again and write the new refresh token")),
    OAUTH_UNAVAILABLE(passing(THEIRS, COMPANY,
            "the authorisation server gave no clear answer",
            "wait: it is tried again by itself at the next reading of the directory")),
    OAUTH_STATE_DIFFERS(lasting(CONFIGURATION, COMPANY,
            "the answer does not belong to this question",
            "give tokens login again, and open the page that it shows, and no older one")),
    OAUTH_DENIED(lasting(CONFIGURATION, COMPANY,
            "the application was not let in",
            "give tokens login again; an administrator of the company has to agree within ten minutes")),
    OAUTH_CALLBACK_PORT(lasting(CONFIGURATION, COMPANY,
            "the port for the browser's answer cannot be opened",
            "give tokens login another port that is registered for the application, with --port")),
    TOKEN_EXPIRES_SOON(lasting(CONFIGURATION, COMPANY,
            "the token ends soon",
            "create a new company token in Pennylane and put it in place with tokens rotate")),
    TOKEN_EXPIRED(lasting(CONFIGURATION, COMPANY,
            "the token has ended",
            "create a new company token in Pennylane and put it in place with tokens rotate; if the token was "
                    + "changed already, correct or remove <alias>.token.expires")),
    EXPIRY_INVALID(lasting(CONFIGURATION, COMPANY,
            "the end of the token is no date",
            "write one date, such as 2027-03-31, into <alias>.token.expires, or remove that file"));

    private final ErrorDescription description;

    TokenErrorCode(ErrorDescription description) {
        this.description = description;
    }

    @Override
    public String source() {
        return "token";
    }

    @Override
    public ErrorDescription description() {
        return description;
    }
}

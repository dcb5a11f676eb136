package fr.pennylanesync.logging;

import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.event.Level;

/** Declares the events of companies and their tokens. */
@Event.Topic("Companies and tokens")
public sealed interface CompanyEvent extends Event {

    @Declared(level = Level.INFO, means = "A company may be read from now on.")
    record CompanyActive(long company, long scopes) implements CompanyEvent {}

    @Declared(
            level = Level.ERROR,
            means = "The token of a company is not used any more, so the company is not read.",
            action = "Do what `remedy` says.")
    record CompanyRefused(OptionalLong company, Optional<String> alias, String code, String remedy)
            implements CompanyEvent {
        /** An alias is often made of the company's name, so it is kept only where there is no id to log. */
        public CompanyRefused {
            alias = company.isPresent() ? Optional.empty() : alias;
        }
    }

    @Declared(
            level = Level.WARN,
            means = "Pennylane could not be asked which company a token belongs to.",
            action = "Nothing, unless it goes on: it is asked again within ten seconds.")
    record CompanyIdentificationDeferred(OptionalLong company, Optional<String> alias, String code)
            implements CompanyEvent {
        /** An alias is often made of the company's name, so it is kept only where there is no id to log. */
        public CompanyIdentificationDeferred {
            alias = company.isPresent() ? Optional.empty() : alias;
        }
    }

    @Declared(
            level = Level.WARN,
            means = "A company is not read any more because its token file is gone.",
            action = "Put the file back, unless the pause was intended.")
    record CompanyPaused(long company, String by) implements CompanyEvent {}

    @Declared(
            level = Level.ERROR,
            means = "The directory of the tokens cannot be read, so no company is added or removed.",
            action = "Look up the `code` among the error codes of Operating.")
    record TokenDirectoryUnusable(String code) implements CompanyEvent {}

    @Declared(level = Level.INFO, means = "The directory of the tokens can be read again.")
    record TokenDirectoryUsable() implements CompanyEvent {}

    @Declared(
            level = Level.WARN,
            means = "A token ends soon or has ended; this is told once a day.",
            action = "Do what `remedy` says.")
    record TokenExpiry(long company, String code, String expiresOn, String remedy) implements CompanyEvent {}

    @Declared(level = Level.INFO, means = "A company was taken in by a command, with its first token.")
    record TokenAdded(long company, String alias) implements CompanyEvent {}

    @Declared(level = Level.INFO, means = "A company has a new token.")
    record TokenRotated(long company) implements CompanyEvent {}

    @Declared(
            level = Level.WARN,
            means = "The token in use was refused and another one of the company took its place.",
            action = "Remove the refused token.")
    record TokenReplacedAfterRefusal(long company) implements CompanyEvent {}

    @Declared(
            level = Level.WARN,
            means = "An access token could not be refreshed; while `usable` is true, the one before serves on.",
            action = "Nothing, unless it goes on: check that the authorization server can be reached.")
    record OauthRefreshDeferred(String alias, boolean usable) implements CompanyEvent {}

    @Declared(level = Level.INFO, means = "An access token was refreshed.")
    record OauthTokenRefreshed(String alias, long seconds) implements CompanyEvent {}

    @Declared(
            level = Level.ERROR,
            means = "A refreshed token could not be written into its file and would be lost with this process.",
            action = "Do what `remedy` says, without stopping the process.")
    record OauthTokenNotSaved(String alias, String remedy) implements CompanyEvent {}
}

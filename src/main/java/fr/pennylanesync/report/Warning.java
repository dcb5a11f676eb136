package fr.pennylanesync.report;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that somebody should look at, although everything else goes on.
 *
 * @param code stable, for alarms
 * @param subject which company, stream or file
 * @param since when it began; empty where only who looks again and again can tell
 * @param remedy what to do
 */
public record Warning(String code, String subject, Optional<Instant> since, String remedy) {

    public Warning {
        if (code.isBlank() || remedy.isBlank()) {
            throw new IllegalArgumentException("a warning has a code and a remedy");
        }
    }

    public static Warning of(WarningCode code, String subject, Optional<Instant> since) {
        return new Warning(code.name(), subject, since, code.remedy());
    }

    /** The same, of which somebody saw the beginning; what the warehouse knows of it counts more. */
    public Warning orSince(Instant firstSeen) {
        return new Warning(code, subject, since.or(() -> Optional.of(firstSeen)), remedy);
    }

    /** Tells whether two looks saw the same thing. */
    public boolean isSameAs(Warning other) {
        return code.equals(other.code) && subject.equals(other.subject);
    }

    /** Returns one line for people. */
    public String line() {
        return code + (subject.isEmpty() ? "" : " " + subject) + since.map(at -> ", since " + seconds(at)).orElse("")
                + ": " + remedy;
    }

    private static Instant seconds(Instant at) {
        return Instant.ofEpochSecond(at.getEpochSecond());
    }
}

package fr.pennylanesync.report;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Something that somebody should look at, although everything else goes on.
 *
 * @param code stable, for alarms
 * @param subject which company, stream or file
 * @param since when it began; empty where only who looks again and again can tell
 * @param remedy what to do
 * @param concern the same as {@code subject}, for machines
 */
public record Warning(String code, String subject, Optional<Instant> since, String remedy, Concern concern) {

    /**
     * Says whom a warning concerns. Two of the same code, company, stream and part are the same one, whatever their
     * details say by now.
     *
     * @param part what else tells it from others of its code; may be empty
     * @param detail ids, counts and codes, which may change from one look to the next; may be empty
     */
    public record Concern(OptionalLong companyId, Optional<String> stream, String part, String detail) {

        /** Returns the concern of a warning of which its code says all. */
        public static Concern of(String part, String detail) {
            return new Concern(OptionalLong.empty(), Optional.empty(), part, detail);
        }

        /** Returns the concern of a warning of a company. */
        public static Concern of(long companyId, String detail) {
            return new Concern(OptionalLong.of(companyId), Optional.empty(), "", detail);
        }

        Concern stream(String name) {
            return new Concern(companyId, Optional.of(name), part, detail);
        }

        Concern part(String other) {
            return new Concern(companyId, stream, other, detail);
        }
    }

    public Warning {
        if (code.isBlank() || remedy.isBlank()) {
            throw new IllegalArgumentException("a warning has a code and a remedy");
        }
    }

    /** Makes one that concerns neither a company nor a stream. */
    public Warning(String code, String subject, Optional<Instant> since, String remedy) {
        this(code, subject, since, remedy, Concern.of(subject, ""));
    }

    public static Warning of(WarningCode code, String subject, Optional<Instant> since) {
        return new Warning(code.name(), subject, since, code.remedy());
    }

    public static Warning of(WarningCode code, String subject, Optional<Instant> since, Concern concern) {
        return new Warning(code.name(), subject, since, code.remedy(), concern);
    }

    /** The same, of which somebody saw the beginning; what the warehouse knows of it counts more. */
    public Warning orSince(Instant firstSeen) {
        return new Warning(code, subject, since.or(() -> Optional.of(firstSeen)), remedy, concern);
    }

    /**
     * The same, with the remedy of the failure that it is about: its own would only say where to look that up.
     *
     * @param failures what to do about the code of a failure; empty where a text is no such code
     */
    public Warning remediedBy(Function<String, Optional<String>> failures) {
        return new Warning(code, subject, since, failures.apply(concern.detail()).orElse(remedy), concern);
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

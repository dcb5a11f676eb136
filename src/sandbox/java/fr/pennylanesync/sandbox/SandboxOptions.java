package fr.pennylanesync.sandbox;

import fr.pennylanesync.sandbox.fault.FaultPlan;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;

/**
 * What the sandbox serves and how. The same seed and options give the same bytes, file URLs excepted.
 *
 * @param port the port on 127.0.0.1; 0 takes any free one
 * @param companies number of companies, 1 to 500
 * @param records ledger entry lines of each company, roughly; the other streams keep a believable proportion to it
 * @param latency how long each answer is held back
 * @param clock the sandbox's time: the {@code Date} header, rate windows, expiry of file URLs
 * @param awkwardText whether some labels hold U+0000, lone surrogates and right-to-left text
 * @param booksEnd the last day of the made-up books
 * @param feeds what the change feeds do
 * @param mutationsPerMinute how often the companies' data change by themselves, 0 to 60 000
 */
public record SandboxOptions(int port, int companies, int records, long seed, RateLimit rateLimit, Duration latency,
        FaultPlan faults, InstantSource clock, boolean awkwardText, Canaries canaries,
        LocalDate booksEnd, FeedHabits feeds, int mutationsPerMinute) {

    public static final int DEFAULT_RECORDS = 240;

    public SandboxOptions {
        requireBetween("port", port, 0, 65_535);
        requireBetween("companies", companies, 1, 500);
        requireBetween("records", records, 20, 20_000_000);
        requireBetween("mutations per minute", mutationsPerMinute, 0, 60_000);
        if (latency.isNegative()) {
            throw new IllegalArgumentException("latency must not be negative");
        }
    }

    public static SandboxOptions defaults() {
        return new SandboxOptions(0, 3, DEFAULT_RECORDS, 42, RateLimit.DOCUMENTED, Duration.ZERO, FaultPlan.NONE,
                Clock.systemUTC(), true, Canaries.NONE, LocalDate.of(2026, 11, 15), FeedHabits.DOCUMENTED, 0);
    }

    public SandboxOptions withPort(int newPort) {
        return new SandboxOptions(newPort, companies, records, seed, rateLimit, latency, faults, clock, awkwardText,
                canaries, booksEnd, feeds, mutationsPerMinute);
    }

    public SandboxOptions withCompanies(int number) {
        return new SandboxOptions(port, number, records, seed, rateLimit, latency, faults, clock, awkwardText, canaries,
                booksEnd, feeds, mutationsPerMinute);
    }

    public SandboxOptions withRecords(int number) {
        return new SandboxOptions(port, companies, number, seed, rateLimit, latency, faults, clock, awkwardText,
                canaries, booksEnd, feeds, mutationsPerMinute);
    }

    public SandboxOptions withSeed(long newSeed) {
        return new SandboxOptions(port, companies, records, newSeed, rateLimit, latency, faults, clock, awkwardText,
                canaries, booksEnd, feeds, mutationsPerMinute);
    }

    public SandboxOptions withRateLimit(RateLimit limit) {
        return new SandboxOptions(port, companies, records, seed, limit, latency, faults, clock, awkwardText, canaries,
                booksEnd, feeds, mutationsPerMinute);
    }

    public SandboxOptions withLatency(Duration newLatency) {
        return new SandboxOptions(port, companies, records, seed, rateLimit, newLatency, faults, clock, awkwardText,
                canaries, booksEnd, feeds, mutationsPerMinute);
    }

    public SandboxOptions withFaults(FaultPlan plan) {
        return new SandboxOptions(port, companies, records, seed, rateLimit, latency, plan, clock, awkwardText,
                canaries, booksEnd, feeds, mutationsPerMinute);
    }

    public SandboxOptions withClock(InstantSource newClock) {
        return new SandboxOptions(port, companies, records, seed, rateLimit, latency, faults, newClock, awkwardText,
                canaries, booksEnd, feeds, mutationsPerMinute);
    }

    public SandboxOptions withAwkwardText(boolean awkward) {
        return new SandboxOptions(port, companies, records, seed, rateLimit, latency, faults, clock, awkward, canaries,
                booksEnd, feeds, mutationsPerMinute);
    }

    public SandboxOptions withCanaries(Canaries planted) {
        return new SandboxOptions(port, companies, records, seed, rateLimit, latency, faults, clock, awkwardText,
                planted, booksEnd, feeds, mutationsPerMinute);
    }

    public SandboxOptions withBooksEnd(LocalDate lastDay) {
        return new SandboxOptions(port, companies, records, seed, rateLimit, latency, faults, clock, awkwardText,
                canaries, lastDay, feeds, mutationsPerMinute);
    }

    public SandboxOptions withFeeds(FeedHabits habits) {
        return new SandboxOptions(port, companies, records, seed, rateLimit, latency, faults, clock, awkwardText,
                canaries, booksEnd, habits, mutationsPerMinute);
    }

    /** Whether changes below a record stay unannounced. */
    public SandboxOptions withQuietChildren(boolean quiet) {
        return withFeeds(new FeedHabits(quiet, feeds.exclusiveStart(), feeds.lateProbability(), feeds.longestDelay(),
                feeds.repeatProbability()));
    }

    /** Whether {@code start_date} leaves out the events of that very instant. */
    public SandboxOptions withExclusiveStart(boolean exclusive) {
        return withFeeds(new FeedHabits(feeds.quietChildren(), exclusive, feeds.lateProbability(), feeds.longestDelay(),
                feeds.repeatProbability()));
    }

    /** How many of the events become visible late, and how late at most. */
    public SandboxOptions withLateEvents(double probability, Duration longestDelay) {
        return withFeeds(new FeedHabits(feeds.quietChildren(), feeds.exclusiveStart(), probability, longestDelay,
                feeds.repeatProbability()));
    }

    /** How many of the events are announced twice. */
    public SandboxOptions withRepeatedEvents(double probability) {
        return withFeeds(new FeedHabits(feeds.quietChildren(), feeds.exclusiveStart(), feeds.lateProbability(),
                feeds.longestDelay(), probability));
    }

    public SandboxOptions withMutationsPerMinute(int number) {
        return new SandboxOptions(port, companies, records, seed, rateLimit, latency, faults, clock, awkwardText,
                canaries, booksEnd, feeds, number);
    }

    private static void requireBetween(String name, int value, int lowest, int highest) {
        if (value < lowest || value > highest) {
            throw new IllegalArgumentException(name + " must be between " + lowest + " and " + highest + ", not "
                    + value);
        }
    }
}

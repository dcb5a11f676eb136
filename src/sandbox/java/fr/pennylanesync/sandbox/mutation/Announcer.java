package fr.pennylanesync.sandbox.mutation;

import fr.pennylanesync.sandbox.FeedHabits;
import fr.pennylanesync.sandbox.books.Books;
import fr.pennylanesync.sandbox.books.Feed;
import fr.pennylanesync.sandbox.books.FeedEvent;
import fr.pennylanesync.sandbox.books.Stamps;
import java.util.SplittableRandom;

/** Writes the events of one company into its feeds, some late or twice where the habits say so. */
final class Announcer {

    private final Books books;
    private final FeedHabits habits;
    private final SplittableRandom random;
    private long sequence;

    Announcer(Books books, FeedHabits habits, long seed) {
        this.books = books;
        this.habits = habits;
        this.random = new SplittableRandom(seed ^ books.companyId());
    }

    boolean quietChildren() {
        return habits.quietChildren();
    }

    void announce(Feed feed, long recordId, String operation, Stamps stamps, long nowMicros) {
        announce(feed, recordId, operation, stamps, nowMicros, 0, 0);
    }

    void announce(Feed feed, long recordId, String operation, Stamps stamps, long nowMicros, long lineId,
            long entryId) {
        int times = random.nextDouble() < habits.repeatProbability() ? 2 : 1;
        for (int i = 0; i < times; i++) {
            books.feed(feed).add(new FeedEvent(++sequence, feed, recordId, operation, nowMicros, nowMicros
                    + delayMicros(), stamps.updatedMicros(), stamps.createdMicros(), lineId, entryId));
        }
    }

    private long delayMicros() {
        return random.nextDouble() < habits.lateProbability()
                ? 1000 * random.nextLong(1, habits.longestDelay().toMillis() + 1)
                : 0;
    }
}

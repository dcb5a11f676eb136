package fr.pennylanesync.sandbox.writing;

import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Draws, each from its own seed, so that one domain's data do not depend on how much another drew. */
public final class SeededRandom {

    private final RandomGenerator random;

    private SeededRandom(RandomGenerator random) {
        this.random = random;
    }

    /** Draws from the given source. */
    public static SeededRandom of(RandomGenerator random) {
        return new SeededRandom(random);
    }

    public static SeededRandom of(long seed, long company, String domain) {
        return new SeededRandom(new SplittableRandom(seed * 1_000_003 + company * 7_919 + domain.hashCode()));
    }

    /** A number from 0 to the bound, excluded. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** A number between two bounds, both included. */
    public long between(long lowest, long highest) {
        return random.nextLong(lowest, highest + 1);
    }

    public boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    public <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    public UUID uuid() {
        return new UUID(random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() >>> 2 | Long.MIN_VALUE);
    }

    public String digits(int count) {
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append((char) ('0' + random.nextInt(10)));
        }
        return text.toString();
    }
}

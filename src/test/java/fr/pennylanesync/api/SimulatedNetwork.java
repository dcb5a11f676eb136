package fr.pennylanesync.api;

import java.time.Duration;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** How long a request takes to the server and its answer back, in milliseconds drawn from a seeded source. */
public record SimulatedNetwork(String name, ToDoubleFunction<Random> thereMs, ToDoubleFunction<Random> backMs) {

    public static SimulatedNetwork uniform(String name, double there, double thereJitter, double back,
            double backJitter) {
        return new SimulatedNetwork(
                name,
                random -> there + random.nextDouble() * thereJitter,
                random -> back + random.nextDouble() * backJitter);
    }

    public static SimulatedNetwork tailed(String name, double there, double thereTail, double back, double backTail) {
        return new SimulatedNetwork(
                name,
                random -> there - thereTail * Math.log(1 - random.nextDouble()),
                random -> back - backTail * Math.log(1 - random.nextDouble()));
    }

    public static SimulatedNetwork spiked(String name, double each, double late) {
        return new SimulatedNetwork(name, random -> random.nextInt(50) == 0 ? late : each, random -> each);
    }

    Duration there(Random random) {
        return duration(thereMs.applyAsDouble(random));
    }

    Duration back(Random random) {
        return duration(backMs.applyAsDouble(random));
    }

    @Override
    public String toString() {
        return name;
    }

    private static Duration duration(double ms) {
        return Duration.ofNanos((long) (ms * 1_000_000));
    }
}

package fr.pennylanesync.archive.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;

/** Some of many objects, each with the same chance, without knowing beforehand how many will come. */
final class ReservoirSample {

    private final OptionalInt size;
    private final List<KnownObject> chosen = new ArrayList<>();
    private long offered;

    /** @param size empty: all, and nothing is kept here */
    ReservoirSample(OptionalInt size) {
        this.size = size;
    }

    boolean isAll() {
        return size.isEmpty();
    }

    void offer(KnownObject object) {
        offered++;
        if (chosen.size() < size.getAsInt()) {
            chosen.add(object);
            return;
        }
        long place = ThreadLocalRandom.current().nextLong(offered);
        if (place < chosen.size()) {
            chosen.set((int) place, object);
        }
    }

    List<KnownObject> objects() {
        return chosen;
    }
}

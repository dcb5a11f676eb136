package fr.pennylanesync.plan;

import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.ClockReading;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.history.SharePassFactory;
import fr.pennylanesync.landing.state.ShareNotes.IdMatch;
import fr.pennylanesync.pass.Lane;
import fr.pennylanesync.pass.Pass;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.StreamDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Opens passes that say what they are and are unfinished until they are ended. */
final class FakePasses implements PassFactory {

    /** A pass that has a name and reads nothing. */
    static final class NamedPass implements Pass {

        private final String name;
        private final StreamDefinition stream;
        private boolean ended;

        private NamedPass(String name, StreamDefinition stream) {
            this.name = name;
            this.stream = stream;
        }

        void end() {
            ended = true;
        }

        @Override
        public StreamDefinition stream() {
            return stream;
        }

        @Override
        public Checkpoint checkpoint() {
            return new Checkpoint(1, stream.name(), PassKind.WALK, 1, new Position.Pages(0));
        }

        @Override
        public boolean isUnfinished() {
            return !ended;
        }

        @Override
        public List<Lane> lanes() {
            return List.of();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** The data sharing, as far as a plan asks after it. */
    static final class FakeShare implements SharePassFactory {

        boolean offered;
        boolean apiRows;
        boolean recountDiffers;
        Optional<IdMatch> verdict = Optional.empty();

        @Override
        public Duration lag() {
            return Duration.ofHours(48);
        }

        @Override
        public boolean offers(long companyId, StreamDefinition stream) {
            return offered && stream.share().isPresent();
        }

        @Override
        public boolean hasApiRows(long companyId, StreamDefinition stream) {
            return apiRows;
        }

        @Override
        public Optional<IdMatch> verdict(long companyId, StreamDefinition stream) {
            return stream.isShareOnly() ? Optional.of(IdMatch.SAME) : verdict;
        }

        @Override
        public Pass sample(long companyId, StreamDefinition stream) {
            return new NamedPass("sample", stream);
        }

        @Override
        public Pass history(long companyId, StreamDefinition stream) {
            return new NamedPass("share history of " + stream.name(), stream);
        }

        @Override
        public boolean isConfigured() {
            return offered;
        }

        @Override
        public Pass recount(long companyId, StreamDefinition stream) {
            NamedPass pass = new NamedPass("recount of " + stream.name(), stream);
            if (!recountDiffers) {
                pass.end();
            }
            return pass;
        }

        @Override
        public Pass recounted(long companyId, StreamDefinition stream) {
            return new NamedPass("recounted " + stream.name(), stream);
        }

        @Override
        public Pass sweep(long companyId, StreamDefinition stream, boolean confirmed) {
            return new NamedPass("share sweep" + (confirmed ? " confirmed" : ""), stream);
        }

        @Override
        public Pass months(long companyId, StreamDefinition stream, List<String> months) {
            return new NamedPass("months " + months, stream);
        }
    }

    final FakeShare share = new FakeShare();
    final Set<PassKind> resumable = new HashSet<>();
    final Map<String, Instant> drained = new HashMap<>();
    final Set<String> unfounded = new HashSet<>();
    final List<String> forgotten = new ArrayList<>();
    boolean historyRead;
    boolean worthDeriving;
    boolean silent;

    @Override
    public SharePassFactory share() {
        return share;
    }

    @Override
    public Pass walk(long companyId, StreamDefinition stream) {
        return new NamedPass("walk", stream);
    }

    @Override
    public Pass sweep(long companyId, StreamDefinition stream, boolean confirmed) {
        return new NamedPass("sweep" + (confirmed ? " confirmed" : ""), stream);
    }

    @Override
    public Pass history(long companyId, StreamDefinition stream, boolean confirmed) {
        return new NamedPass("history" + (confirmed ? " confirmed" : ""), stream);
    }

    @Override
    public boolean isResumable(long companyId, StreamDefinition stream, PassKind pass) {
        return resumable.contains(pass);
    }

    @Override
    public boolean isHistoryRead(long companyId, StreamDefinition stream) {
        return historyRead;
    }

    @Override
    public boolean feedEnded(long companyId, String feed, Pass read) {
        if (!silent) {
            forgotten.add("events of " + feed);
        }
        return silent;
    }

    @Override
    public void arrange(long companyId, StreamDefinition stream) {
        // What is due has no order here.
    }

    @Override
    public Pass children(long companyId, StreamDefinition stream, boolean whole) {
        return new NamedPass("children" + (whole ? " whole" : ""), stream);
    }

    @Override
    public Pass emptiness(long companyId, StreamDefinition stream) {
        return new NamedPass("emptiness", stream);
    }

    @Override
    public void emptinessEnded(long companyId, StreamDefinition stream, Pass pass) {
        forgotten.add("end of " + pass);
    }

    @Override
    public Pass derivation(long companyId, StreamDefinition stream) {
        return new NamedPass("derivation", stream);
    }

    @Override
    public boolean isWorthDeriving(long companyId, StreamDefinition stream) {
        return worthDeriving;
    }

    @Override
    public Pass records(long companyId, StreamDefinition stream) {
        return new NamedPass("records", stream);
    }

    @Override
    public Pass feed(StreamDefinition stream, String feed, List<String> idPath, Checkpoint at,
            Supplier<ClockReading> clock) {
        return new NamedPass("feed " + feed + " from " + ((Position.Drained) at.position()).processedAt(), stream);
    }

    @Override
    public Optional<Checkpoint> position(long companyId, String feed) {
        return Optional.ofNullable(drained.get(feed)).map(instant -> at(companyId, feed, instant));
    }

    @Override
    public Checkpoint begin(long companyId, String feed, Instant start) {
        return at(companyId, feed, start);
    }

    /** Returns where all feeds stand, by the names of their checkpoints. */
    Map<String, Checkpoint> positions() {
        Map<String, Checkpoint> positions = new HashMap<>();
        drained.keySet().forEach(
                feed -> position(1, feed).ifPresent(at -> positions.put(Checkpoint.feed(feed), at)));
        return positions;
    }

    private static Checkpoint at(long companyId, String feed, Instant instant) {
        return new Checkpoint(companyId, Checkpoint.feed(feed), PassKind.CHANGES, 1, new Position.Drained(instant));
    }

    @Override
    public boolean isUnfounded(long companyId, String feed) {
        return unfounded.contains(feed);
    }

    @Override
    public void forget(long companyId, String feed) {
        drained.remove(feed);
        forgotten.add("position of " + feed);
    }
}

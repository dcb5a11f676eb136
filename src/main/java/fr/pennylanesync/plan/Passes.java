package fr.pennylanesync.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.pennylanesync.checkpoint.Checkpoint;
import fr.pennylanesync.checkpoint.CheckpointStore;
import fr.pennylanesync.checkpoint.ClockReading;
import fr.pennylanesync.checkpoint.Position;
import fr.pennylanesync.history.SharePasses;
import fr.pennylanesync.landing.SweepGuard;
import fr.pennylanesync.landing.state.DatePeriod;
import fr.pennylanesync.landing.state.DueList;
import fr.pennylanesync.landing.state.IncompleteStreams;
import fr.pennylanesync.landing.state.LandedYears;
import fr.pennylanesync.landing.state.Proof;
import fr.pennylanesync.landing.state.SeenEvents;
import fr.pennylanesync.landing.state.StaleReads;
import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.landing.state.SubListProofs;
import fr.pennylanesync.landing.table.MirroredRows;
import fr.pennylanesync.landing.table.UnseenRows;
import fr.pennylanesync.landing.table.ValueIds;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.SyncEvent;
import fr.pennylanesync.pass.ChildrenPass;
import fr.pennylanesync.pass.CursorPaginator;
import fr.pennylanesync.pass.DateSlicesPass;
import fr.pennylanesync.pass.DerivationPass;
import fr.pennylanesync.pass.EmptinessPass;
import fr.pennylanesync.pass.FeedPass;
import fr.pennylanesync.pass.IncludedChild;
import fr.pennylanesync.pass.KeysetPass;
import fr.pennylanesync.pass.ListPass;
import fr.pennylanesync.pass.Pass;
import fr.pennylanesync.pass.PeriodPaginator;
import fr.pennylanesync.pass.RecordsPass;
import fr.pennylanesync.stream.PassKind;
import fr.pennylanesync.stream.ReadStrategy;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.stream.StreamState;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongToIntFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Opens passes where their checkpoints stand. */
public final class Passes implements PassFactory {

    private static final EventLog LOG = EventLog.of(Passes.class);

    /** Names the tables that tell where a pass goes on. */
    public record PassTables(CheckpointStore checkpoints, DueList due, SeenEvents seen, UnseenRows unseen,
            StaleReads stale, LandedYears years, ValueIds values, SubListProofs proofs, MirroredRows mirrored,
            StreamStates states, IncompleteStreams incomplete) {}

    private final CheckpointStore checkpoints;
    private final DueList due;
    private final SeenEvents seen;
    private final UnseenRows unseen;
    private final StaleReads stale;
    private final LandedYears years;
    private final ValueIds values;
    private final SubListProofs proofs;
    private final MirroredRows mirrored;
    private final StreamStates states;
    private final IncompleteStreams incomplete;
    private final SharePasses share;
    private final Supplier<StreamCatalog> catalog;
    private final Clock clock;
    private final LongToIntFunction waiting;

    /** @param waiting how many requests of a company wait for its budget */
    public Passes(PassTables tables, SharePasses share, Supplier<StreamCatalog> catalog, Clock clock,
            LongToIntFunction waiting) {
        this.checkpoints = tables.checkpoints();
        this.due = tables.due();
        this.seen = tables.seen();
        this.unseen = tables.unseen();
        this.stale = tables.stale();
        this.years = tables.years();
        this.values = tables.values();
        this.proofs = tables.proofs();
        this.mirrored = tables.mirrored();
        this.states = tables.states();
        this.incomplete = tables.incomplete();
        this.share = share;
        this.catalog = catalog;
        this.clock = clock;
        this.waiting = waiting;
    }

    @Override
    public SharePasses share() {
        return share;
    }

    @Override
    public Pass walk(long companyId, StreamDefinition stream) {
        return list(companyId, stream, PassKind.WALK, Optional.empty());
    }

    @Override
    public Pass sweep(long companyId, StreamDefinition stream, boolean confirmed) {
        return list(companyId, stream, PassKind.SWEEP, Optional.of(new SweepGuard(confirmed)));
    }

    @Override
    public Pass history(long companyId, StreamDefinition stream, boolean confirmed) {
        boolean walks = isResumable(companyId, stream, PassKind.WALK) || unseen.live(stream, companyId) == 0;
        return walks ? walk(companyId, stream) : sweep(companyId, stream, confirmed);
    }

    @Override
    public boolean isResumable(long companyId, StreamDefinition stream, PassKind pass) {
        return checkpoints.isResumable(companyId, stream.name(), pass);
    }

    @Override
    public boolean isHistoryRead(long companyId, StreamDefinition stream) {
        return checkpoints.isHistoryRead(companyId, stream.name());
    }

    @Override
    public boolean feedEnded(long companyId, String feed, Pass drained) {
        if (drained instanceof FeedPass read && read.isSilent()) {
            return true;
        }
        position(companyId, feed).ifPresent(at -> seen.forgetBefore(companyId, Checkpoint.feed(feed),
                ((Position.Drained) at.position()).processedAt().minus(FeedPass.OVERLAP).minus(FeedPass.OVERLAP)));
        return false;
    }

    @Override
    public Pass children(long companyId, StreamDefinition stream, boolean whole) {
        if (whole) {
            due.sweepParents(companyId, stream, parentOf(stream));
        }
        arrange(companyId, stream);
        long began = System.nanoTime();
        return new ChildrenPass(stream, worked(companyId, stream, PassKind.WALK), due,
                () -> System.nanoTime() - began >= CompanyPlan.CHANGES_EVERY.toNanos(),
                () -> waiting.applyAsInt(companyId));
    }

    @Override
    public void arrange(long companyId, StreamDefinition stream) {
        due.arrange(companyId, stream, parentOf(stream));
    }

    private StreamDefinition parentOf(StreamDefinition child) {
        return catalog.get().find(child.parent().orElseThrow()).orElseThrow();
    }

    /** Without the list of the values, or with a list that cannot be asked by id, nothing tells which are empty. */
    @Override
    public Pass emptiness(long companyId, StreamDefinition stream) {
        Optional<EmptinessPass.Question> question = proofs.isUsable(companyId, stream.name(), Proof.FILTER)
                ? question(companyId, stream)
                : Optional.empty();
        return new EmptinessPass(stream, worked(companyId, stream, PassKind.PROOF),
                new EmptinessPass.Tables(due, proofs),
                question);
    }

    private Optional<EmptinessPass.Question> question(long companyId, StreamDefinition stream) {
        StreamDefinition parents = catalog.get().find(stream.parent().orElseThrow()).orElseThrow();
        Map<String, String> filteredBy = stream.evidence().filteredBy();
        List<StreamDefinition> lists = filteredBy.keySet().stream()
                .flatMap(name -> catalog.get().find(name).stream())
                .filter(list -> list.enabled() && list.reading() == ReadStrategy.KEYSET).toList();
        return lists.size() == 1 && filteredBy.size() == 1 && parents.reading().selectableById()
                ? Optional.of(new EmptinessPass.Question(parents, lists.get(0), filteredBy.get(lists.get(0).name()),
                        values.of(companyId, lists.get(0))))
                : Optional.empty();
    }

    @Override
    public void emptinessEnded(long companyId, StreamDefinition stream, Pass pass) {
        boolean refused = pass instanceof EmptinessPass asked && asked.isRefused();
        if (refused && proofs.refused(companyId, stream.name(), Proof.FILTER)) {
            LOG.log(new SyncEvent.SubListProofRefused(companyId, stream.name(), Proof.FILTER.label()));
        }
    }

    @Override
    public Pass derivation(long companyId, StreamDefinition stream) {
        Optional<DerivationPass.Relation> relation = isWorthDeriving(companyId, stream)
                ? Optional.of(mirrorsOf(stream)).filter(mirrors -> areRead(companyId, mirrors))
                        .map(mirrors -> relation(companyId, stream, mirrors))
                : Optional.empty();
        return new DerivationPass(stream, worked(companyId, stream, PassKind.PROOF), proofs, relation);
    }

    /** Nothing is to be waited for where the other side will not be here whole. */
    @Override
    public boolean isWorthDeriving(long companyId, StreamDefinition stream) {
        Map<StreamDefinition, String> mirrors = mirrorsOf(stream);
        return proofs.isUsable(companyId, stream.name(), Proof.DERIVED)
                && mirrors.size() == stream.evidence().mirrors().size()
                && due.nextOfHistory(companyId, stream.name(), 0, SubListProofs.WORTH_DERIVING)
                        .size() == SubListProofs.WORTH_DERIVING
                && !incomplete.isAny(companyId, sides(mirrors));
    }

    private static List<String> sides(Map<StreamDefinition, String> mirrors) {
        return mirrors.keySet().stream().flatMap(mirror -> Stream.of(mirror.name(), mirror.parent().orElseThrow()))
                .distinct().toList();
    }

    private Map<StreamDefinition, String> mirrorsOf(StreamDefinition stream) {
        Map<StreamDefinition, String> mirrors = new HashMap<>();
        stream.evidence().mirrors().forEach((name, type) -> catalog.get().find(name)
                .filter(StreamDefinition::enabled).ifPresent(mirror -> mirrors.put(mirror, type)));
        return mirrors;
    }

    /** The relation is known from its other side once nothing of that is waiting any more. */
    private boolean areRead(long companyId, Map<StreamDefinition, String> mirrors) {
        return sides(mirrors).stream()
                .allMatch(name -> states.progress(companyId, name).state() == StreamState.LIVE
                        && due.count(companyId, name) == 0);
    }

    private DerivationPass.Relation relation(long companyId, StreamDefinition stream,
            Map<StreamDefinition, String> mirrors) {
        return new DerivationPass.Relation() {

            @Override
            public Map<Long, Long> next(long afterId, int limit) {
                return due.nextOfHistory(companyId, stream.name(), afterId, limit);
            }

            @Override
            public Map<Long, List<ObjectNode>> rows(Collection<Long> parents) {
                return mirrored.of(companyId, parents, mirrors);
            }
        };
    }

    @Override
    public Pass records(long companyId, StreamDefinition stream) {
        stale.makeDue(companyId, stream.name());
        return new RecordsPass(stream, worked(companyId, stream, PassKind.CHANGES), due,
                included(companyId, stream));
    }

    @Override
    public Pass feed(StreamDefinition stream, String feed, List<String> idPath, Checkpoint at,
            Supplier<ClockReading> clock) {
        return new FeedPass(stream, feed, idPath, at, clock);
    }

    @Override
    public Optional<Checkpoint> position(long companyId, String feed) {
        return checkpoints.find(companyId, Checkpoint.feed(feed), PassKind.CHANGES);
    }

    @Override
    public Checkpoint begin(long companyId, String feed, Instant start) {
        return checkpoints.open(companyId, Checkpoint.feed(feed), PassKind.CHANGES, new Position.Drained(start),
                position -> position);
    }

    @Override
    public boolean isUnfounded(long companyId, String feed) {
        return checkpoints.isUnfounded(companyId, feed);
    }

    @Override
    public void forget(long companyId, String feed) {
        checkpoints.delete(companyId, Checkpoint.feed(feed), PassKind.CHANGES);
    }

    private Checkpoint worked(long companyId, StreamDefinition stream, PassKind pass) {
        return open(companyId, stream, pass, new Position.Worked(0), Position.Worked.class::isInstance);
    }

    private Pass list(long companyId, StreamDefinition stream, PassKind pass, Optional<SweepGuard> sweep) {
        boolean resumes = isResumable(companyId, stream, pass);
        IncludedChild included = included(companyId, stream);
        return switch (stream.reading()) {
            case KEYSET -> {
                Checkpoint at = open(companyId, stream, pass, Position.Unread.ALL,
                        position -> resumes && position instanceof Position.Unread);
                yield new KeysetPass(stream, at, included, sweep);
            }
            case DATE_SLICES -> {
                Checkpoint at = dates(companyId, stream, pass, resumes);
                yield new DateSlicesPass(stream, at, included, sweep, LocalDate.now(clock.withZone(ZoneOffset.UTC)));
            }
            case CURSOR, WHOLE, FIELDS -> {
                Checkpoint at = open(companyId, stream, pass, new Position.Pages(0), position -> false);
                yield new ListPass(stream, at, new CursorPaginator(stream), included, sweep);
            }
            case FISCAL_YEARS -> {
                Checkpoint at = open(companyId, stream, pass, new Position.Pages(0), position -> false);
                yield new ListPass(stream, at, new PeriodPaginator(stream, periods(companyId)), included, sweep);
            }
            case CHILDREN, SHARE -> throw new IllegalArgumentException(stream.name() + " has no list of its own");
        };
    }

    private IncludedChild included(long companyId, StreamDefinition stream) {
        return new IncludedChild(catalog.get().childrenOf(stream.name()).stream()
                .filter(child -> child.include().isPresent()
                        && proofs.isUsable(companyId, child.name(), Proof.INCLUDE))
                .findFirst());
    }

    private List<DatePeriod> periods(long companyId) {
        boolean known = catalog.get().find(LandedYears.STREAM).isPresent();
        List<DatePeriod> years = known ? this.years.of(companyId) : List.of();
        return years.isEmpty() ? List.of(DatePeriod.yearOf(LocalDate.now(clock.withZone(ZoneOffset.UTC)))) : years;
    }

    /** The slices under way are read anew as a run of its own: their cursors are gone, they may be cut differently. */
    private Checkpoint dates(long companyId, StreamDefinition stream, PassKind pass, boolean resumes) {
        return checkpoints.open(companyId, stream.name(), pass, Position.UnreadDates.ALL,
                position -> resumes ? Position.UnreadDates.of(position).map(Position.UnreadDates::begun).orElse(null)
                        : null);
    }

    private Checkpoint open(long companyId, StreamDefinition stream, PassKind pass, Position start,
            Predicate<Position> resumable) {
        return checkpoints.open(companyId, stream.name(), pass, start,
                position -> resumable.test(position) ? position : null);
    }
}

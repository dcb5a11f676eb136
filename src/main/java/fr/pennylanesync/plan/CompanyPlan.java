package fr.pennylanesync.plan;

import fr.pennylanesync.checkpoint.FeedCheckpoints;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.state.DueRecords;
import fr.pennylanesync.landing.state.StreamLifecycle;
import fr.pennylanesync.stream.ReadStrategy;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.token.Company;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Plans one sync of one company, round by round: first the streams that were asked for and that the token permits, then
 * those of which something became due by the changes of others.
 */
public final class CompanyPlan {

    /**
     * A category's change reaches transactions, theirs the matched transactions of invoices, and up to three sub-lists
     * are read one after the other; what is left waits for the next sync.
     */
    private static final int FOLLOWING_ROUNDS_MAX = 5;

    /**
     * Sub-lists of a long backlog make room so often: changes are read first again, then what they made due, then the
     * backlog goes on.
     */
    static final Duration CHANGES_EVERY = Duration.ofMinutes(5);

    /**
     * Names the tables and the figures that a plan is made from.
     *
     * @param nanoTime measures how long the backlog has been read
     */
    public record Parts(StreamLifecycle states, FeedCheckpoints feeds, DueRecords due,
            CopyFollower copies, TransactionOperations transactions, Progress progress, Sharing sharing,
            LongSupplier nanoTime) {}

    /** Knows which companies the data sharing shows: what comes from there needs no scope of a token. */
    public interface Sharing {

        boolean offers(long companyId, StreamDefinition stream);
    }

    /** Makes due what holds copies of records that have changed. */
    public interface CopyFollower {

        void follow(long companyId, StreamCatalog catalog);
    }

    private final Parts parts;
    private final StreamCatalog catalog;
    private final Company company;
    private final SyncRequest syncRequest;
    private final List<String> asked;
    private final IdleStreams idle;
    private Round round;
    private List<String> streams = List.of();
    private List<StreamDefinition> later = List.of();
    private boolean followsUp;
    private boolean changesFirst;
    private int rounds;
    private long changesReadAt;

    /**
     * Makes the plan.
     *
     * @param company as {@code /me} has just confirmed it
     * @param asked names of streams; empty: every enabled one
     */
    public CompanyPlan(Parts parts, StreamCatalog catalog, Company company, List<String> asked,
            SyncRequest syncRequest) {
        this.parts = parts;
        this.catalog = catalog;
        this.company = company;
        this.asked = asked;
        this.syncRequest = syncRequest;
        this.idle = new IdleStreams(parts.states(), catalog, parts.progress());
        this.round = new Round(Map.of(), Map.of(), parts.nanoTime());
    }

    /** Makes the sub-lists of all records due that are here, once in the life of a child stream. */
    public void introduceChildren() {
        List<StreamDefinition> children = catalog.roots().stream()
                .flatMap(parent -> catalog.childrenOf(parent.name()).stream()).toList();
        parts.transactions().executeWithoutResult(status -> {
            Set<String> begun = parts.states().introduceChildren(company.id(),
                    children.stream().map(StreamDefinition::name).toList());
            children.stream().filter(child -> begun.contains(child.name())).forEach(child -> parts.due()
                    .addAllParents(company.id(), child, catalog.find(child.parent().orElseThrow()).orElseThrow()));
            parts.due().limit(company.id(), catalog.all().stream().filter(StreamDefinition::enabled).toList());
        });
    }

    /**
     * Goes on to the next round, and says whether there is one. Totals by fiscal year are read once the fiscal years
     * are.
     */
    public boolean next() {
        endRound();
        if (rounds == 0) {
            takeAll();
        } else if (!later.isEmpty()) {
            takeLater();
            return true;
        } else {
            boolean changesWait = parts.nanoTime().getAsLong() - changesReadAt >= CHANGES_EVERY.toNanos();
            List<StreamDefinition> due = changesWait || rounds <= FOLLOWING_ROUNDS_MAX ? due() : List.of();
            // Sub-lists are left after so long a time only because they made room for changes: no round was in vain.
            if (changesWait && due.stream().anyMatch(StreamDefinition::isChild)) {
                changesFirst = true;
                rounds = 1;
                takeAll();
                return true;
            }
            followsUp = true;
            streams = rounds <= FOLLOWING_ROUNDS_MAX ? names(due) : List.of();
        }
        rounds++;
        return !streams.isEmpty();
    }

    /** Notes what the round found silent; again, it does nothing. */
    public void endRound() {
        round.end(company.id(), parts.states(), parts.feeds());
    }

    private void takeAll() {
        changesReadAt = parts.nanoTime().getAsLong();
        followsUp = false;
        round = new Round(parts.states().standings(company.id()), parts.feeds().feeds(company.id()), parts.nanoTime());
        List<StreamDefinition> permitted = idle.toRead(company.id(), permitted(), round, request(), this::isShown);
        later = permitted.stream().filter(stream -> isByFiscalYear(stream) && !changesFirst).toList();
        streams = names(permitted.stream().filter(stream -> !isByFiscalYear(stream)).toList());
        if (streams.isEmpty()) {
            takeLater();
        }
    }

    private void takeLater() {
        streams = names(later);
        later = List.of();
    }

    private static boolean isByFiscalYear(StreamDefinition stream) {
        return stream.reading() == ReadStrategy.FISCAL_YEARS;
    }

    /** Tells whether the sync reads whatever is due of every stream, and nothing waits to be read now. */
    public boolean isSettled() {
        return asked.isEmpty() && syncRequest.pass().isEmpty() && !syncRequest.onlyRecords()
                && parts.due().streams(company.id()).isEmpty();
    }

    /** Returns the last round that looked at every stream. */
    public Round round() {
        return round;
    }

    /** The streams of the round. */
    public List<String> streams() {
        return streams;
    }

    /** Returns what the round asks of its streams: after the first nothing but what became due. */
    public SyncRequest request() {
        if (followsUp) {
            return syncRequest.forRecords();
        }
        return changesFirst ? syncRequest.forWhatIsDue() : syncRequest;
    }

    private List<StreamDefinition> permitted() {
        List<StreamDefinition> selected = asked.isEmpty() ? catalog.roots()
                : asked.stream().flatMap(name -> catalog.find(name).stream()).toList();
        return selected.stream().filter(this::isPermitted).toList();
    }

    private boolean isPermitted(StreamDefinition stream) {
        boolean allowed = stream.isReadableWith(company.scopes()::allows)
                || stream.isShareOnly() && isShown(stream);
        if (!allowed) {
            String scope = stream.scope().orElseThrow();
            parts.progress().notPermitted(company.id(), stream.name(), scope,
                    parts.states().notPermitted(company.id(), stream.name(), scope));
        }
        return allowed;
    }

    /** A share that gives no answer is told by the stream's own sync. */
    private boolean isShown(StreamDefinition stream) {
        try {
            return parts.sharing().offers(company.id(), stream);
        } catch (SyncException unanswered) {
            return true;
        }
    }

    private List<StreamDefinition> due() {
        parts.transactions().executeWithoutResult(status -> parts.copies().follow(company.id(), catalog));
        return parts.due().streams(company.id()).stream().flatMap(name -> catalog.find(name).stream())
                .filter(StreamDefinition::enabled)
                .filter(stream -> parts.progress().isComplete(company.id(), stream.name())).toList();
    }

    /** A stream brings its child streams along; beside it they would be read twice at the same time. */
    private static List<String> names(List<StreamDefinition> streams) {
        Set<String> all = streams.stream().map(StreamDefinition::name).collect(Collectors.toSet());
        return streams.stream().filter(stream -> stream.parent().filter(all::contains).isEmpty())
                .map(StreamDefinition::name).toList();
    }
}

package fr.pennylanesync.landing.state;

import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.StreamDefinition;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables {@code pennylane_sync.proven_sub_list} and {@code sub_list_proof}: which sub-lists were not asked for,
 * because something else says what they hold, and whether that can be relied on.
 */
public final class SubListProofs implements Claims {

    /** So many sub-lists at least are worth waiting for the other side of their relation. */
    public static final int WORTH_DERIVING = 50;

    /** So often a proof is tried at first, unless the settings say otherwise. */
    public static final int TRIALS = 20;
    /** One of so many is watched ever after. */
    public static final int WATCHED_EACH = 100;

    /** The condition that a proof is not to be used: it was wrong, or its question was refused lately. */
    public static final String IS_OFF = "(contradicted_at is not null or refused_at > now() - interval '7 days')";

    private static final String OFF = "select not exists (select 1 from pennylane_sync.sub_list_proof"
            + " where company_id = ? and stream = ? and proof = ? and " + IS_OFF + ")";

    /**
     * A sub-list that was proven and is asked for.
     *
     * @param expected what the proof says of it, where it says that
     */
    public record Watched(long parentId, Proof proof, Optional<String> expected) {}

    /**
     * A proof that was wrong.
     *
     * @param again how many sub-lists are read again that it stood for
     */
    public record Contradiction(Proof proof, long parentId, int again) {}

    /** Tells whether a sub-list that was read is another than its proof says. */
    public interface Judge {

        boolean contradicts(Watched watched);
    }

    private final JdbcClient jdbc;
    private final Set<Proof> enabled;
    private final int trials;

    /**
     * @param enabled the proofs that the configuration lets be used
     * @param trials how often each must have agreed with what was asked for before it is relied on
     */
    public SubListProofs(JdbcClient jdbc, Collection<Proof> enabled, int trials) {
        this.jdbc = jdbc;
        this.trials = trials;
        this.enabled = Set.copyOf(enabled);
    }

    /** Makes the tables with every proof in use. */
    public SubListProofs(JdbcClient jdbc) {
        this(jdbc, EnumSet.allOf(Proof.class), TRIALS);
    }

    /** Tells whether the proof is in use, was never wrong for the company's stream, and was not refused lately. */
    public boolean isUsable(long companyId, String stream, Proof proof) {
        return enabled.contains(proof)
                && jdbc.sql(OFF).params(companyId, stream, proof.label()).query(Boolean.class).single();
    }

    /**
     * Notes that Pennylane refused the question.
     *
     * @return whether that is news
     */
    public boolean refused(long companyId, String stream, Proof proof) {
        boolean news = jdbc.sql("""
                select not exists (select 1 from pennylane_sync.sub_list_proof where company_id = ? and stream = ?
                    and proof = ? and refused_at is not null)""")
                .params(companyId, stream, proof.label()).query(Boolean.class).single();
        jdbc.sql("""
                insert into pennylane_sync.sub_list_proof (company_id, stream, proof, refused_at)
                values (?, ?, ?, now()) on conflict (company_id, stream, proof) do update set refused_at = now()""")
                .params(companyId, stream, proof.label()).update();
        return news;
    }

    @Override
    public Claim empty(long companyId, StreamDefinition child, Map<Long, Long> parents) {
        return claim(companyId, child, Proof.FILTER, parents, parent -> "");
    }

    @Override
    public Claim derived(long companyId, StreamDefinition child, Map<Long, Long> parents,
            Function<Long, String> expected) {
        return claim(companyId, child, Proof.DERIVED, parents, expected);
    }

    /** A sub-list that has rows here is asked for, and so is one whose parent is not here. */
    private Claim claim(long companyId, StreamDefinition child, Proof proof, Map<Long, Long> parents,
            Function<Long, String> expected) {
        Map<Long, Long> claimed = new HashMap<>(parents);
        claimed.keySet().retainAll(provable(companyId, child, parents.keySet()));
        return watching(companyId, child.name(), proof, claimed, expected);
    }

    private Set<Long> provable(long companyId, StreamDefinition child, Collection<Long> parents) {
        String column = StreamTables.quoted(child.parentColumn().orElseThrow());
        return new HashSet<>(jdbc.sql(String.format(Locale.ROOT, """
                select p.id from %s p where p.company_id = :company and p.id = any(:parents::bigint[])
                and p.deleted_at is null and not exists (select 1 from %s t where t.company_id = p.company_id
                    and t.%s = p.id and t.deleted_at is null)""", StreamTables.table(child.parent().orElseThrow()),
                StreamTables.table(child), column))
                .param("company", companyId).param("parents", parents.toArray(Long[]::new)).query(Long.class).list());
    }

    /** Chooses which of the sub-lists that are proven are asked for all the same. */
    private Set<Long> watched(long companyId, String stream, Proof proof, Map<Long, Long> proven) {
        return proven.isEmpty() ? Set.of()
                : Watch.choose(companyId, stream, proven, trialsLeft(companyId, stream, proof));
    }

    private int trialsLeft(long companyId, String stream, Proof proof) {
        long agreed = jdbc.sql("select agreed from pennylane_sync.sub_list_proof where company_id = ? and stream = ?"
                + " and proof = ?").params(companyId, stream, proof.label()).query(Long.class).optional().orElse(0L);
        // Mostly it has agreed often enough: what is watched has to be counted before that alone.
        return agreed >= trials ? 0 : (int) Math.max(0, trials - agreed - watching(companyId, stream, proof));
    }

    private long watching(long companyId, String stream, Proof proof) {
        return jdbc.sql("select count(*) from pennylane_sync.proven_sub_list where company_id = ? and stream = ?"
                + " and proof = ? and watched").params(companyId, stream, proof.label()).query(Long.class).single();
    }

    /**
     * Claims that sub-lists are as they were.
     *
     * @param parents each with the batch that changed it
     */
    public Claim unchanged(long companyId, String stream, Map<Long, Long> parents) {
        return watching(companyId, stream, Proof.UNCHANGED, parents, parent -> "");
    }

    /**
     * Claims that sub-lists are as their parents' page brought them.
     *
     * @param parents each with the batch that brought it
     * @param brought what each sub-list holds
     */
    public Claim included(long companyId, String stream, Map<Long, Long> parents, Function<Long, String> brought) {
        return watching(companyId, stream, Proof.INCLUDE, parents, brought);
    }

    private Claim watching(long companyId, String stream, Proof proof, Map<Long, Long> parents,
            Function<Long, String> expected) {
        Set<Long> watched = watched(companyId, stream, proof, parents);
        Map<Long, String> expecting = new HashMap<>();
        watched.forEach(parent -> expecting.put(parent, expected.apply(parent)));
        Map<Long, Long> proven = new HashMap<>(parents);
        proven.keySet().removeAll(watched);
        return new Claim(proof, proven, expecting);
    }

    /** Notes what is claimed. That a sub-list is as it was says nothing without what was proven of it before. */
    public void note(long companyId, String stream, Claim claim) {
        note(companyId, stream, claim.proof(), claim.proven().keySet(), Map.of());
        note(companyId, stream, claim.proof(), claim.watched().keySet(), claim.watched());
    }

    private void note(long companyId, String stream, Proof proof, Collection<Long> parents,
            Map<Long, String> expected) {
        if (parents.isEmpty()) {
            return;
        }
        boolean says = proof != Proof.UNCHANGED && !expected.isEmpty();
        List<Long> order = List.copyOf(parents);
        jdbc.sql("""
                insert into pennylane_sync.proven_sub_list as p (company_id, stream, parent_id, proof, watched,
                    expected)
                select :company, :stream, u.id, :proof, :watched, u.expected
                from unnest(:parents::bigint[], :expected::text[]) u(id, expected)
                on conflict (company_id, stream, parent_id) do update set proof = excluded.proof,
                    watched = excluded.watched, expected = excluded.expected, proven_at = now()
                where p.proof = 'unchanged' or excluded.proof <> 'unchanged' or excluded.watched""")
                .param("company", companyId).param("stream", stream).param("proof", proof.label())
                .param("watched", !expected.isEmpty()).param("parents", order.toArray(Long[]::new))
                .param("expected", order.stream().map(parent -> says ? expected.get(parent) : null)
                        .toArray(String[]::new))
                .update();
    }

    /**
     * Holds what was asked for against what was proven. A proof that was wrong is given up, and what it stood for is
     * due.
     *
     * @param asked the parents whose sub-lists were read whole
     * @param batchId the batch that they came with
     */
    public List<Contradiction> settle(long companyId, String stream, Collection<Long> asked, long batchId,
            Judge judge) {
        Set<Proof> wrong = EnumSet.noneOf(Proof.class);
        Map<Proof, Integer> agreed = new HashMap<>();
        List<Watched> watched = asked.isEmpty() ? List.of() : take(companyId, stream, asked);
        Map<Proof, Watched> first = new HashMap<>();
        for (Watched one : watched) {
            if (judge.contradicts(one)) {
                wrong.add(one.proof());
                first.putIfAbsent(one.proof(), one);
            } else {
                agreed.merge(one.proof(), 1, Integer::sum);
            }
        }
        agreed.forEach((proof, times) -> agreed(companyId, stream, proof, times));
        return wrong.stream().map(proof -> giveUp(companyId, stream, first.get(proof), batchId)).toList();
    }

    private List<Watched> take(long companyId, String stream, Collection<Long> parents) {
        return jdbc.sql("""
                with taken as (
                    delete from pennylane_sync.proven_sub_list where company_id = ? and stream = ?
                    and parent_id = any(?::bigint[]) returning parent_id, proof, watched, expected)
                select parent_id, proof, expected from taken where watched order by parent_id""")
                .params(companyId, stream, parents.toArray(Long[]::new))
                .query((row, n) -> new Watched(row.getLong(1), Proof.of(row.getString(2)),
                        Optional.ofNullable(row.getString(3))))
                .list();
    }

    private void agreed(long companyId, String stream, Proof proof, int times) {
        jdbc.sql("""
                insert into pennylane_sync.sub_list_proof as p (company_id, stream, proof, agreed) values (?, ?, ?, ?)
                on conflict (company_id, stream, proof) do update set agreed = p.agreed + excluded.agreed""")
                .params(companyId, stream, proof.label(), times).update();
    }

    private Contradiction giveUp(long companyId, String stream, Watched wrong, long batchId) {
        jdbc.sql("""
                insert into pennylane_sync.sub_list_proof (company_id, stream, proof, contradicted_at,
                    contradicted_parent_id) values (?, ?, ?, now(), ?)
                on conflict (company_id, stream, proof) do update set contradicted_at = now(),
                    contradicted_parent_id = excluded.contradicted_parent_id""")
                .params(companyId, stream, wrong.proof().label(), wrong.parentId()).update();
        int again = jdbc.sql("""
                with stood as (
                    delete from pennylane_sync.proven_sub_list where company_id = :company and stream = :stream
                    and proof = :proof returning parent_id)
                insert into pennylane_sync.due (company_id, stream, id, batch_id)
                select :company, :stream, parent_id, :batch::bigint from stood
                on conflict (company_id, stream, id) do update set batch_id = excluded.batch_id, events = 0,
                    next_attempt_at = null, waits_for = null""")
                .param("company", companyId).param("stream", stream).param("proof", wrong.proof().label())
                .param("batch", batchId).update();
        return new Contradiction(wrong.proof(), wrong.parentId(), again);
    }

    /** Makes due what was derived from a relation that has changed: the rows name the other side. */
    public void deriveAnew(long companyId, String stream, Collection<Long> parents, long batchId) {
        if (parents.isEmpty()) {
            return;
        }
        jdbc.sql("""
                with stood as (
                    delete from pennylane_sync.proven_sub_list where company_id = :company and stream = :stream
                    and proof = 'derived' and parent_id = any(:parents::bigint[]) returning parent_id)
                insert into pennylane_sync.due (company_id, stream, id, batch_id)
                select :company, :stream, parent_id, :batch::bigint from stood
                on conflict (company_id, stream, id) do update set batch_id = excluded.batch_id, events = 0,
                    next_attempt_at = null, waits_for = null""")
                .param("company", companyId).param("stream", stream).param("batch", batchId)
                .param("parents", parents.toArray(Long[]::new)).update();
    }

    /** Forgets what was proven of parents whose sub-lists are known otherwise. */
    public void forget(long companyId, String stream, Collection<Long> parents) {
        if (!parents.isEmpty()) {
            jdbc.sql("delete from pennylane_sync.proven_sub_list where company_id = ? and stream = ? "
                    + "and parent_id = any(?::bigint[])")
                    .params(companyId, stream, parents.toArray(Long[]::new)).update();
        }
    }
}

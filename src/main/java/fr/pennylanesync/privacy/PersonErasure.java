package fr.pennylanesync.privacy;

import fr.pennylanesync.landing.state.ErasedRecords;
import fr.pennylanesync.landing.state.NamingParents;
import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.Warehouse;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Takes a person out of the warehouse, and lets them in again. */
public final class PersonErasure {

    /**
     * Says what was erased of a stream.
     *
     * @param kept fields that the law has kept
     */
    public record ErasedStream(String stream, Rewritten erased, Set<String> kept) {

        public ErasedStream {
            kept = Set.copyOf(kept);
        }
    }

    private final Warehouse warehouse;
    private final StreamStates states;
    private final StreamCatalog catalog;

    public PersonErasure(Warehouse warehouse, StreamStates states, StreamCatalog catalog) {
        this.warehouse = warehouse;
        this.states = states;
        this.catalog = catalog;
    }

    /**
     * Erases a person. From the first step on nothing of them lands any more; so one that was interrupted is done again
     * from its beginning.
     */
    public List<ErasedStream> erase(long company, Person person) {
        warehouse.transactionWithoutResult(() -> {
            new ErasedRecords(warehouse.jdbc()).lock(company);
            warehouse.jdbc().sql("insert into pennylane_sync.erased_person (company_id, person, id) values (?, ?, ?)"
                    + " on conflict (company_id, person, id) do update set released_at = null, erased_at = now()")
                    .params(company, person.kind(), person.id()).update();
        });
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        List<ErasedStream> erased = new ArrayList<>();
        StreamTables tables = new StreamTables(warehouse.jdbc());
        NamingParents naming = new NamingParents(warehouse.jdbc(), company);
        for (StreamDefinition stream : states.withApart(catalog.all()).stream().filter(tables::isThere).toList()) {
            if (stream.personal().persons().containsKey(person.kind())) {
                PersonChange change = new PersonChange(stream, person, naming, today);
                Rewritten rewritten = new StreamRewrite(warehouse, company, stream, change).run();
                if (rewritten.isAny() || !change.kept().isEmpty()) {
                    erased.add(new ErasedStream(stream.name(), rewritten, change.kept()));
                }
            }
        }
        return erased;
    }

    /**
     * Lets a person in again: what Pennylane sends of them lands as it comes.
     *
     * @return whether they were erased
     */
    public boolean release(long company, Person person) {
        return warehouse.jdbc().sql("update pennylane_sync.erased_person set released_at = now()"
                + " where company_id = ? and person = ? and id = ? and released_at is null")
                .params(company, person.kind(), person.id()).update() > 0;
    }
}

package fr.pennylanesync.privacy;

import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.logging.EventLog;
import fr.pennylanesync.logging.WarehouseEvent;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.Warehouse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sees to it that all that stands of a stream is as the rules in force have it: what landed by others is rewritten
 * before anything else lands.
 */
public final class RulesInForce {

    private static final EventLog LOG = EventLog.of(RulesInForce.class);

    private record Place(long company, String stream) {}

    private final Warehouse warehouse;
    private final StreamStates states;

    public RulesInForce(Warehouse warehouse, StreamStates states) {
        this.warehouse = warehouse;
        this.states = states;
    }

    /**
     * Rewrites what landed by other rules than those of these streams; where nothing is ruled there is nothing to do.
     */
    public void apply(StreamCatalog catalog) {
        Map<Place, String> applied = applied();
        List<StreamDefinition> streams = states.withApart(catalog.all()).stream()
                .filter(stream -> stream.personal().isRuled() || applied.keySet().stream()
                        .anyMatch(place -> place.stream().equals(stream.name())))
                .toList();
        for (StreamDefinition stream : streams) {
            companies(stream).stream().filter(company -> !stream.personal().rulesText()
                    .equals(applied.get(new Place(company, stream.name()))))
                    .forEach(company -> apply(company, stream));
        }
    }

    private void apply(long company, StreamDefinition stream) {
        RuleChange change = new RuleChange(stream);
        Rewritten rewritten = stream.personal().isRuled()
                ? new StreamRewrite(warehouse, company, stream, change).run()
                : Rewritten.NOTHING;
        warehouse.jdbc().sql("insert into pennylane_sync.privacy_rule (company_id, stream, rules) values (?, ?, ?)"
                + " on conflict (company_id, stream) do update set rules = excluded.rules, applied_at = now()")
                .params(company, stream.name(), stream.personal().rulesText()).update();
        if (rewritten.isAny()) {
            LOG.log(new WarehouseEvent.PersonalDataRewritten(company, stream.name(), rewritten.rows(),
                    rewritten.versions(), rewritten.setAside(), rewritten.fileNames()));
        }
    }

    private List<Long> companies(StreamDefinition stream) {
        return warehouse.jdbc().sql("select company_id from pennylane_sync.stream_state where stream = ? order by 1")
                .param(stream.name()).query(Long.class).list();
    }

    private Map<Place, String> applied() {
        Map<Place, String> applied = new HashMap<>();
        warehouse.jdbc().sql("select company_id, stream, rules from pennylane_sync.privacy_rule").query(row -> {
            applied.put(new Place(row.getLong(1), row.getString(2)), row.getString(3));
        });
        return applied;
    }
}

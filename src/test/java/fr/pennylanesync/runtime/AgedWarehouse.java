package fr.pennylanesync.runtime;

import fr.pennylanesync.warehouse.Warehouse;
import java.util.List;

/** Makes a warehouse older than it is: all that landed, landed so many days earlier, and the chain says so. */
final class AgedWarehouse {

    private static final String CHAIN = """
            do $$
            declare
                b record;
                head bytea;
                place text;
            begin
                for b in select *, (extract(epoch from landed_at) * 1000000)::bigint as at from pennylane_sync.batch
                    order by company_id, stream, number
                loop
                    if place is distinct from concat(b.company_id, b.stream) then
                        head := decode(repeat('00', 32), 'hex');
                        place := concat(b.company_id, b.stream);
                    end if;
                    head := sha256(head || sha256(convert_to(concat(2, E'\\n', b.company_id, E'\\n', b.stream, E'\\n',
                        b.number, E'\\n', b.pass, E'\\n', b.run, E'\\n', b.batch_key, E'\\n', b.first_id, E'\\n',
                        b.last_id, E'\\n', b.record_count, E'\\n', b.changed_count, E'\\n', b.requests_used, E'\\n',
                        b.at, E'\\n', encode(b.batch_hash, 'hex'), E'\\n'), 'UTF8')));
                    update pennylane_sync.batch set chain_hash = head where id = b.id;
                    update pennylane_sync.stream_state set chain_head = head
                        where company_id = b.company_id and stream = b.stream;
                end loop;
            end
            $$""";

    private AgedWarehouse() {}

    /** Only for one of which nothing was thinned yet. */
    static void age(Warehouse warehouse, int days) {
        warehouse.transactionWithoutResult(() -> {
            older(warehouse, "pennylane_sync.batch", days, List.of("landed_at"));
            older(warehouse, "pennylane_sync.record_version", days, List.of("changed_at", "deleted_at", "replaced_at"));
            older(warehouse, "pennylane_sync.checkpoint", days, List.of("begun_at", "moved_at"));
            warehouse.jdbc().sql("select distinct stream from pennylane_sync.batch").query(String.class).list()
                    .forEach(stream -> older(warehouse, "pennylane." + stream, days,
                            List.of("first_seen_at", "changed_at", "deleted_at")));
            warehouse.jdbc().sql(CHAIN).update();
        });
    }

    private static void older(Warehouse warehouse, String table, int days, List<String> columns) {
        columns.forEach(column -> warehouse.jdbc().sql("update " + table + " set " + column + " = " + column
                + " - make_interval(days => ?)").param(days).update());
    }
}

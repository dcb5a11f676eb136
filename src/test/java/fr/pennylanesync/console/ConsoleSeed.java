package fr.pennylanesync.console;

import fr.pennylanesync.activity.OperatorLog.OperatorAction;
import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.reload.ReloadState;
import fr.pennylanesync.reload.RouteStamp;
import fr.pennylanesync.report.WorkLeft;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.warehouse.Warehouse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Fills a warehouse with what the console shows, by SQL, for as many companies as asked for. */
final class ConsoleSeed {

    static final StreamCatalog CATALOG = StreamCatalog.load(Path.of("routes"), Map.of());

    /** Holds what was asked for. */
    static final class RecordedOperations implements Operations {

        final List<String> begun = new CopyOnWriteArrayList<>();

        @Override
        public Optional<String> begin(Operation operation, OperatorAction action) {
            begun.add(operation.label() + " " + action.company().map(String::valueOf).orElse("all") + " "
                    + action.subject() + " by " + action.operator());
            return operation == Operation.RESUME ? Optional.of("NOTHING_CHANGED") : Optional.empty();
        }
    }

    private ConsoleSeed() {}

    static void fill(Warehouse warehouse, int companies) {
        for (String sql : SQL.formatted(companies).split(";\n")) {
            warehouse.jdbc().sql(sql).update();
        }
    }

    static ConsoleSources sources(Warehouse warehouse, Operations operations) {
        return new ConsoleSources(warehouse.jdbc(), new StreamStates(warehouse.jdbc()), () -> CATALOG,
                new ConsoleSources.HealthQuestions(() -> {}, () -> {}, () -> {}, () -> {}),
                () -> ReloadState.loaded(Instant.parse("2026-11-27T08:00:00Z")).refused(Instant.now(),
                        List.of("streams/quotes.camel.yaml:8: no such reading -> use keyset")),
                List::of, Duration.ofMinutes(55), true,
                new WatchedService(() -> Map.of("streams/customers.camel.yaml",
                        new RouteStamp("ab".repeat(32), Instant.parse("2026-11-26T07:30:00Z"))),
                        List.of(new WatchedService.Widening("endpoints", "sftp:.*", "the bank's files")),
                        alias -> Optional.of("2027-03-31"), company -> 0.4,
                        code -> Optional.of("look at it").filter(remedy -> code.equals("SERVER_ERROR")),
                        Optional.of(operations), new WorkLeft.Budget(5, Set.of())));
    }

    private static final String SQL = """
            create table if not exists pennylane_sync.alarm (id bigint generated always as identity primary key,
                code text not null, company_id bigint, stream text, started_at timestamptz not null,
                ended_at timestamptz, reason text not null, remedy text not null);
            insert into pennylane_sync.company (id, alias, name, registration_number, scopes, token_salt,
                token_fingerprint, pinned_at, verified_at, paused_by)
            select n, case n when 1 then 'acme' when 2 then 'beta' else 'company-' || n end, 'SECRET NAME', '123',
                array['customers:readonly', 'products:readonly', 'quotes:readonly'], '', '', now(), now(),
                case when n = 3 then 'OPERATOR' end from generate_series(1, %d) n;
            insert into pennylane_sync.stream_state (company_id, stream, state, walked_at, swept_at, succeeded_at,
                error_code, error_at)
            select c.id, s, 'LIVE', now(), now() - interval '7 minutes', now(),
                case when c.id = 2 and s = 'products' then 'SERVER_ERROR' end,
                case when c.id = 2 and s = 'products' then now() end
            from pennylane_sync.company c, unnest(array['customers', 'products', 'quotes']) s;
            insert into pennylane_sync.checkpoint (company_id, stream, pass, run, position, version, begun_at, moved_at)
            select c.id, 'changelogs.' || s, 'changes', 1, '{"kind": "ended"}', 1, now(), now() - interval '7 minutes'
            from pennylane_sync.company c, unnest(array['customers', 'products', 'quotes']) s;
            insert into pennylane_sync.batch (company_id, stream, pass, run, batch_key, record_count, changed_count,
                record_ids, deleted_ids, batch_hash, chain_hash, requests_used, chain_position, number)
            select 1, 'customers', 'walk', 1, 'b' || n, 100, n, array[1], array[]::bigint[],
                sha256(('b' || n)::bytea), sha256(('c' || n)::bytea), 1, n, n from generate_series(1, 3) n;
            insert into pennylane_sync.sync_run (kind, company_id, part, node, started_at, ended_at, outcome,
                records_read, rows_changed, requests, differences, after_batch)
            select 'sync', 1, '', 'node', now() - n * interval '1 hour', now() - n * interval '1 hour'
                + interval '11 minutes', case when n = 9 then 'INCOMPLETE' else 'COMPLETE' end,
                4000 - 300 * (n %% 7), n,
                40 + n, 0, 0 from (select 41 - g as n from generate_series(1, 40) g) hours
            union all select 'sync', 1, '', 'node', now() - interval '1 minute', null, null, 0, 0, 0, 0, 0
            union all select 'audit', 1, 'fec', 'node', now(), now(), 'DIFFERENT', 1200, 0, 3, 2, 0
            union all select 'verify', null, '', 'node', now(), now(), 'COMPLETE', 1234567, 0, 0, 0, 0;
            insert into pennylane_sync.audit (kind, company_id, stream, outcome, source_rows, warehouse_rows, differing)
            values ('fec', 1, 'ledger_entry_lines', 'DIFFERENT', 1200, 1200, 2), ('books', 1, 'ledger_entries', 'EQUAL',
                300, 300, 0);
            insert into pennylane_sync.quarantine (company_id, stream, kind, record_id, subject, reason)
            values (1, 'customers', 'RECORD', 77, '<b>subject</b>', 'NOT_FOUND'), (1, 'quotes', 'SWEEP', 0, '',
                'SWEEP_WOULD_DELETE 12');
            insert into pennylane_sync.alarm (code, company_id, stream, started_at, ended_at, reason, remedy)
            values ('STREAM_STALE', 1, 'quotes', now() - interval '2 hours', null, 'no success', 'look at the budget'),
                ('COMPANY_REFUSED', 2, null, now() - interval '2 days', now(), 'TOKEN_REFUSED', 'see tokens check');
            insert into pennylane_sync.digest (sequence, created_at, document_hash, root, content, stored_at, next_by)
            values (1, now(), sha256('d'), sha256('r'), '{}', now(), now() + interval '2 hours');
            insert into pennylane_sync.operator_action (request, operator, action, company_id, subject, outcome)
            values (gen_random_uuid(), 'anna', 'sync', 1, '', 'DONE')""";
}

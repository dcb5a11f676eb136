package fr.pennylanesync.bench;

import fr.pennylanesync.bench.BenchmarkServer.Database;
import java.sql.SQLException;

/**
 * A general ledger as the data sharing shows it: entered over three years, so that ids grow with time, yet dated up to
 * three months before; without an index, as a Redshift has none.
 */
final class LedgerOfLife {

    static final String TABLE = "pennylane.general_ledger";

    private LedgerOfLife() {}

    static void fill(Database share, long company, int rows) throws SQLException {
        share.run("""
                create function strtol(varchar, int) returns bigint language sql immutable as
                    $$ select ('x' || lpad($1, 16, '0'))::bit(64)::bigint $$""",
                "create schema pennylane",
                "create table pennylane.companies as select " + company + "::bigint as id",
                """
                        create table pennylane.general_ledger as select %1$d::bigint as company_id,
                            'Menuiserie Lefèvre et fils'::varchar as company_name, (40000000 + n * 3)::bigint as id,
                            date '2024-01-01' + (n::bigint * 1095 / %2$d)::int - abs(hashint4(n)) %% 90 as date,
                            case when n %% 4 = 0 then n / 8 end::bigint as lettering,
                            ('Facture ' || n || ' du fournisseur n° ' || n %% 500 || ', échéance à 30 jours')::varchar
                                as label,
                            case when n %% 2 = 0 then (abs(hashint4(n + 1)) %% 1000000) / 100.0 else 0
                                end::numeric(18,2) as debit,
                            case when n %% 2 = 1 then (abs(hashint4(n)) %% 1000000) / 100.0 else 0 end::numeric(18,2)
                                as credit,
                            ('401' || lpad((n %% 1000)::text, 5, '0'))::varchar as plan_item_number,
                            ('Fournisseur ' || n %% 1000)::varchar as plan_item_label,
                            (array['HA', 'VT', 'BQ', 'OD'])[1 + n %% 4]::varchar as journal_code,
                            'Journal des achats'::varchar as journal_label, (n / 3)::bigint as document_id,
                            ('Facture ' || n / 3)::varchar as document_label, ('F-2024-' || n / 3)::varchar
                                as invoice_number, null::varchar as fec_pieceref,
                            (n %% 500)::bigint as thirdparty_id, ('401' || lpad((n %% 500)::text, 5, '0'))::varchar
                                as thirdparty_plan_item_number, ('Tiers ' || n %% 500)::varchar
                                as thirdparty_plan_item_label, null::varchar as invoice_link, 'import'::varchar
                                as created_by,
                            timestamp '2024-01-01' + n * interval '97 s' as document_created_at,
                            timestamp '2024-01-02' + n * interval '97.123456 s' as document_updated_at
                            from generate_series(1, %2$d) n"""
                        .formatted(company, rows),
                "analyze pennylane.general_ledger", "checkpoint");
    }
}

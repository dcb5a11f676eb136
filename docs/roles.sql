-- Roles for a PostgreSQL of your own, to be run once as the owner of the schemas (the login of the first start), who may create roles:
--   psql -v ON_ERROR_STOP=1 -f docs/roles.sql "$WAREHOUSE"
-- Then give each role to logins: grant pennylane_runtime to pennylane_sync_login. Run it again after an update that adds tables.
--
-- The owner   migrates the schema and makes the streams' tables: start once with its login (`status` is enough) after an update, after a
--             new stream file, and for a table of the data sharing that is kept apart.
-- pennylane_runtime   reads and lands. It appends to the ledger, the versions and the chain of files, and cannot change them.
--             What grew old it thins by one function that the owner made, which seals what it removes; personal data it takes out of
--             versions by another, which seals what that does to hashes.
-- pennylane_verifier  reads everything: `verify`, check-proof.py, audits by somebody else.
-- pennylane_reader    reads schema pennylane: analysts. The views <stream>_history run with the owner's rights, so that it reads old versions
--             through them and not pennylane_sync itself. Row security on a table does not reach its views: for an
--             analyst who may see some companies only, company-reader.sql makes views of these companies.
do $$
declare
    wanted text;
begin
    foreach wanted in array array['pennylane_runtime', 'pennylane_verifier', 'pennylane_reader']
    loop
        if not exists (select 1 from pg_roles where rolname = wanted) then
            execute format('create role %I nologin', wanted);
        end if;
    end loop;
end
$$;

grant usage on schema pennylane to pennylane_runtime, pennylane_verifier, pennylane_reader;
grant select on all tables in schema pennylane to pennylane_runtime, pennylane_verifier, pennylane_reader;
grant insert, update on all tables in schema pennylane to pennylane_runtime;
alter default privileges in schema pennylane grant select on tables to pennylane_runtime, pennylane_verifier, pennylane_reader;
alter default privileges in schema pennylane grant insert, update on tables to pennylane_runtime;

grant usage on schema pennylane_sync to pennylane_runtime, pennylane_verifier;
grant select on all tables in schema pennylane_sync to pennylane_runtime, pennylane_verifier;
grant usage, select on all sequences in schema pennylane_sync to pennylane_runtime;
grant insert, update, delete on all tables in schema pennylane_sync to pennylane_runtime;
revoke update, delete, truncate on pennylane_sync.batch, pennylane_sync.record_version, pennylane_sync.file_entry,
    pennylane_sync.operator_action from pennylane_runtime;
revoke insert, update, delete, truncate on pennylane_sync.foreign_change, pennylane_sync.warehouse, pennylane_sync.flyway_schema_history,
    pennylane_sync.seal, pennylane_sync.thinned_version, pennylane_sync.rewrite from pennylane_runtime;
grant execute on function pennylane_sync.thin(bigint, text, timestamptz, timestamptz, boolean) to pennylane_runtime;
grant execute on function pennylane_sync.rewrite(bigint, text, text, bigint[], bigint[], bigint[], bigint[], bigint[], text[], bytea[])
    to pennylane_runtime;
revoke delete, truncate on pennylane_sync.digest from pennylane_runtime;
alter default privileges in schema pennylane_sync grant select on tables to pennylane_runtime, pennylane_verifier;

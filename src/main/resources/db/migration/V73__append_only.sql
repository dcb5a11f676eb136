-- Who has the role pennylane_runtime (docs/roles.sql) only appends to what the proof is made of, whatever else it is granted. The owner of the
-- tables and a superuser are not held back: retention is done as the owner.

create function pennylane_sync.refuse_change() returns trigger language plpgsql as $$
begin
    if exists (select 1 from pg_catalog.pg_roles runtime, pg_catalog.pg_roles login where runtime.rolname = 'pennylane_runtime'
        and login.rolname = session_user and not login.rolsuper and pg_catalog.pg_has_role(session_user, runtime.oid, 'member'))
    then
        raise exception 'pennylane_sync.% is append only', tg_table_name using errcode = 'insufficient_privilege';
    end if;
    return null;
end
$$;

do $$
declare
    evidence text;
begin
    foreach evidence in array array['batch', 'record_version', 'file_entry', 'foreign_change']
    loop
        execute format('create trigger append_only before update or delete or truncate on pennylane_sync.%I'
            ' for each statement execute function pennylane_sync.refuse_change()', evidence);
    end loop;
    create trigger append_only before delete or truncate on pennylane_sync.digest
        for each statement execute function pennylane_sync.refuse_change();
end
$$;

-- An analyst who sees some companies only, to be run by the owner of the schemas: write the role and the companies into the next two lines.
-- The role gets a schema of its name, with a view for each table and view of schema pennylane, and no right to pennylane itself. Its queries are
-- those of everybody: its search path is that schema. Give the role to logins: grant acme_reader to anna.
-- Run it again after an update and after a new stream. The program does not replace a view that others stand upon: where an update changes one,
-- `drop schema acme_reader cascade`, start the program once, and run this again.
set reader.role = 'acme_reader';
set reader.companies = '51017,51020';

do $$
declare
    reader text := current_setting('reader.role');
    companies text := (select string_agg(id::bigint::text, ', ')
                       from unnest(string_to_array(current_setting('reader.companies'), ',')) id);
    shown record;
begin
    if not exists (select from pg_roles where rolname = reader) then
        execute format('create role %I nologin', reader);
    end if;
    execute format('create schema if not exists %I', reader);
    for shown in
        select c.relname, a.attname
        from pg_class c
        join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
            and a.attname = case when c.relname = 'companies' then 'id'
                when exists (select from pg_attribute f where f.attrelid = c.oid and f.attname = 'societe_id') then 'societe_id'
                else 'company_id' end
        where c.relnamespace = 'pennylane'::regnamespace and c.relkind in ('r', 'p', 'v')
    loop
        execute format('drop view if exists %I.%I', reader, shown.relname);
        execute format('create view %I.%I with (security_barrier) as select * from pennylane.%I where %I in (%s)',
            reader, shown.relname, shown.relname, shown.attname, companies);
    end loop;
    execute format('grant usage on schema %I to %I', reader, reader);
    execute format('grant select on all tables in schema %I to %I', reader, reader);
    execute format('alter role %I set search_path = %I', reader, reader);
end
$$;

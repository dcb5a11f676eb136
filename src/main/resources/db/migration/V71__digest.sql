-- The anchor: signed documents that say where each stream's chain ended. The documents lie in the archive's bucket; these rows say which there
-- are. The private key that signs them is never in the database.

-- Who this warehouse is: the documents of two warehouses in one bucket are kept apart by it.
create table pennylane_sync.warehouse (
    id uuid not null default gen_random_uuid(),
    single boolean primary key default true check (single)
);
insert into pennylane_sync.warehouse default values;

create table pennylane_sync.digest (
    -- 1, 2, 3 and so on, without a gap.
    sequence bigint primary key check (sequence > 0),
    created_at timestamptz not null,
    -- SHA-256 of the document's canonical text: the next document names it.
    document_hash bytea not null,
    -- Merkle root over the document's streams.
    root bytea not null,
    -- The signed document, byte for byte as it is stored.
    content text not null,
    -- When it lay in the archive, read back; null: it is still to be stored.
    stored_at timestamptz,
    -- By when the next one is due; an older newest one is a warning.
    next_by timestamptz not null
);

-- Each company and stream has a chain of its own over the files that were archived: one entry for each, and one more where its name changed.
create table pennylane_sync.file_entry (
    company_id bigint not null,
    stream text not null,
    number bigint not null,
    parent_id bigint not null,
    record_id bigint not null,
    field text not null,
    sha256 bytea not null,
    -- SHA-256 over all that the row of the file says.
    entry_hash bytea not null,
    -- SHA-256(chain_hash of the entry before ‖ entry_hash).
    chain_hash bytea not null,
    primary key (company_id, stream, number)
);
create table pennylane_sync.file_chain (
    company_id bigint not null,
    stream text not null,
    number bigint not null,
    chain_head bytea not null,
    primary key (company_id, stream)
);

-- What was archived before gets its entries now, in the order of its rows.
do $$
declare
    file record;
    last pennylane_sync.file_chain;
    entry bytea;
begin
    for file in select *, (extract(epoch from archived_at) * 1000000)::bigint as at from pennylane_sync.file where state = 'ARCHIVED'
        order by company_id, stream, id
    loop
        if last.company_id is distinct from file.company_id or last.stream is distinct from file.stream then
            last := (file.company_id, file.stream, 0, decode(repeat('00', 32), 'hex'));
        end if;
        last.number := last.number + 1;
        entry := sha256(convert_to(concat(1, E'\n', file.company_id, E'\n', file.stream, E'\n',
            last.number, E'\n', file.parent_id, E'\n', file.record_id, E'\n', file.field, E'\n', file.file_name, E'\n', file.object_key, E'\n',
            file.size, E'\n', encode(file.sha256, 'hex'), E'\n', file.content_type, E'\n', file.record_year, E'\n', file.at, E'\n'), 'UTF8'));
        last.chain_head := sha256(last.chain_head || entry);
        insert into pennylane_sync.file_entry values (file.company_id, file.stream, last.number, file.parent_id, file.record_id, file.field,
            file.sha256, entry, last.chain_head);
        insert into pennylane_sync.file_chain values (last.company_id, last.stream, last.number, last.chain_head)
            on conflict (company_id, stream) do update set number = excluded.number, chain_head = excluded.chain_head;
    end loop;
end
$$;

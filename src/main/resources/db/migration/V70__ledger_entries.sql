-- A batch has a number of its own in the ledger of its stream, without a gap, and since version 2 its place in the chain covers all that the
-- ledger says of it: times, counts, run, key, requests. Batches that were landed before stay as they are, with version 1.
alter table pennylane_sync.batch add column number bigint, add column hash_version smallint not null default 1;
update pennylane_sync.batch b set number = n.number from (
    select id, row_number() over (partition by company_id, stream order by chain_position) as number from pennylane_sync.batch) n
    where b.id = n.id;
alter table pennylane_sync.batch alter column number set not null;
create unique index batch_number on pennylane_sync.batch (company_id, stream, number);

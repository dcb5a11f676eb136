-- Two readers of the data sharing write at the same time: a batch is named before its rows are written, and chained after that. Its place
-- in the stream's chain is taken with the stream, from the same sequence.
alter table pennylane_sync.batch add column chain_position bigint;
update pennylane_sync.batch set chain_position = id;
alter table pennylane_sync.batch alter column chain_position set not null;
drop index pennylane_sync.batch_of_stream;
create unique index batch_of_stream on pennylane_sync.batch (company_id, stream, chain_position);

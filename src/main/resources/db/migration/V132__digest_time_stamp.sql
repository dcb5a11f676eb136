-- The answer of an RFC 3161 server about a document, byte for byte as it is stored beside it. Kept before it is stored, so that it is stored once.
alter table pennylane_sync.digest add column time_stamp bytea;
-- When it lay in the archive, read back; null: there is none, or it is still to be stored.
alter table pennylane_sync.digest add column stamped_at timestamptz;

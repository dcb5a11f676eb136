-- What a transaction set aside or brought back bears its time: the log tells of it when it is committed.
create index quarantine_opened on pennylane_sync.quarantine (first_seen_at);
create index quarantine_resolved on pennylane_sync.quarantine (resolved_at) where resolved_at is not null;

-- What was set aside of a source is kept as text, as much of it as is bounded, where no table of a stream can hold it.
alter table pennylane_sync.quarantine add column if not exists raw text;

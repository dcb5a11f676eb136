-- When the sub-lists of all parents were made due: a state row alone may come from a child that was landed along with its parents while its
-- stream file was new, and says nothing of the parents that were landed before.
alter table pennylane_sync.stream_state add column parents_due_at timestamptz;
update pennylane_sync.stream_state set parents_due_at = now();

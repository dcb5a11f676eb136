-- One item's fault is one item's: what was received of it, as text and bounded, where no row could take it whole. Links that expire are
-- taken out of it.
alter table pennylane_sync.quarantine add column raw text;

-- What was asked for in vain waits longer each time, and nothing waits for it.
alter table pennylane_sync.due add column attempts integer not null default 0;
-- Not before this; null: at the next sync.
alter table pennylane_sync.due add column next_attempt_at timestamptz;

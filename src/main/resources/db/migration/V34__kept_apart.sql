-- A table of the data sharing that is kept apart has come to the end of its life once it was read: it used to stay NEW.
alter table pennylane_sync.stream_state drop constraint stream_state_state_check;
alter table pennylane_sync.stream_state add constraint stream_state_state_check
    check (state in ('NEW', 'HISTORY', 'CATCH_UP', 'LIVE', 'GAP', 'APART'));
update pennylane_sync.stream_state set state = 'APART' where starts_with(stream, 'share_') and state = 'NEW' and chain_head is not null
    and not exists (select 1 from pennylane_sync.checkpoint c where c.company_id = stream_state.company_id and c.stream = stream_state.stream
        and c.position->>'kind' <> 'ended');

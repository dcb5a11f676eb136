-- Files whose retention is over: the object has left the archive, the row stays and says since when, and the chain of files binds that.
alter table pennylane_sync.file add column removed_at timestamptz,
    add constraint file_removed check (removed_at is null or state = 'ARCHIVED');

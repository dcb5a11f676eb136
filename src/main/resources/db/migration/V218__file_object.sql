-- verify goes through the files in the order in which S3 lists keys, that of their bytes: an index in another order is of no use to it.
drop index pennylane_sync.file_object;
create index file_object on pennylane_sync.file (company_id, object_key collate "C") where state = 'ARCHIVED';

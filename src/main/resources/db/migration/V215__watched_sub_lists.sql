-- What is watched is counted with every batch until a proof has agreed often enough.
create index proven_sub_list_watched on pennylane_sync.proven_sub_list (company_id, stream, proof) where watched;

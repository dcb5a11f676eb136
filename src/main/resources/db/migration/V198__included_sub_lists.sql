-- What came along with a page of the parents is a proof like the others: watched, and given up where it was wrong.
alter table pennylane_sync.proven_sub_list drop constraint proven_sub_list_proof_check;
alter table pennylane_sync.proven_sub_list add constraint proven_sub_list_proof_check
    check (proof in ('filter', 'unchanged', 'derived', 'include'));
alter table pennylane_sync.sub_list_proof drop constraint sub_list_proof_proof_check;
alter table pennylane_sync.sub_list_proof add constraint sub_list_proof_proof_check
    check (proof in ('filter', 'unchanged', 'derived', 'include'));

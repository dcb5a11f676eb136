create view pennylane.cash_position as
select b.company_id,
       b.id as bank_account_id,
       b.name as bank_account,
       e.name as bank,
       b.currency,
       b.balance,
       b.updated_at as balance_at,
       t.transactions,
       t.last_transaction,
       coalesce(t.unmatched, 0) as unmatched
from pennylane.bank_accounts b
left join pennylane.bank_establishments e on e.company_id = b.company_id and e.id = b.bank_establishment_id
left join lateral (
    select count(*) as transactions, max(x.date) as last_transaction, sum(x.outstanding_balance) as unmatched
    from pennylane.transactions x
    where x.company_id = b.company_id and x.bank_account_id = b.id and x.deleted_at is null
      and x.archived_at is null) t on true
where b.deleted_at is null;

comment on view pennylane.cash_position is 'Bank accounts with their latest balance, and what of their transactions is not matched.';
comment on column pennylane.cash_position.company_id is 'The company, as in companies.';
comment on column pennylane.cash_position.bank_account_id is 'The bank account, as in bank_accounts.';
comment on column pennylane.cash_position.bank_account is 'Name of the bank account.';
comment on column pennylane.cash_position.bank is 'Name of the bank.';
comment on column pennylane.cash_position.currency is 'Currency of the account.';
comment on column pennylane.cash_position.balance is 'Latest balance that Pennylane has, in that currency.';
comment on column pennylane.cash_position.balance_at is 'When Pennylane last changed the account.';
comment on column pennylane.cash_position.transactions is 'Number of transactions, archived ones left out.';
comment on column pennylane.cash_position.last_transaction is 'Date of the latest transaction.';
comment on column pennylane.cash_position.unmatched is 'Sum of what is left to match, in the currency of the books.';

create view pennylane.position_de_tresorerie as
select company_id as societe_id, bank_account_id as compte_bancaire_id, bank_account as compte_bancaire, bank as banque,
       currency as devise, balance as solde, balance_at as solde_au, transactions as operations,
       last_transaction as derniere_operation, unmatched as reste_a_rapprocher
from pennylane.cash_position;

comment on view pennylane.position_de_tresorerie is 'Position de trésorerie : cash_position, en français.';

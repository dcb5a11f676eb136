-- What remains is in the currency of the invoice; the ratio of its amounts is the rate that it was booked at.
create view pennylane.supplier_balances as
select t.company_id,
       t.id as supplier_id,
       t.name as supplier,
       a.number as account_number,
       coalesce(i.invoices, 0) as invoices,
       coalesce(i.invoiced, 0) as invoiced,
       coalesce(i.remaining, 0) as remaining,
       i.last_invoice
from pennylane.suppliers t
left join pennylane.ledger_accounts a on a.company_id = t.company_id and a.id = t.ledger_account_id
left join (
    select company_id, supplier_id, count(*) as invoices, sum(amount) as invoiced,
           sum(case when i.currency <> 'EUR' then round(i.remaining_amount_with_tax * i.amount / nullif(i.currency_amount, 0), 2)
                   else i.remaining_amount_with_tax end) as remaining,
           max(date) as last_invoice
    from pennylane.supplier_invoices i
    where deleted_at is null
    group by company_id, supplier_id) i on i.company_id = t.company_id and i.supplier_id = t.id
where t.deleted_at is null;

comment on view pennylane.supplier_balances is
    'Each supplier with what was invoiced and what remains of it.';
comment on column pennylane.supplier_balances.company_id is 'The company, as in companies.';
comment on column pennylane.supplier_balances.supplier_id is 'The supplier, as in suppliers.';
comment on column pennylane.supplier_balances.supplier is 'Name of the supplier.';
comment on column pennylane.supplier_balances.account_number is 'Number of its account in the ledger.';
comment on column pennylane.supplier_balances.invoices is 'Number of its invoices and credit notes.';
comment on column pennylane.supplier_balances.invoiced is 'Sum of them with tax, in the currency of the books.';
comment on column pennylane.supplier_balances.remaining is 'What is not settled of them, in the currency of the books.';
comment on column pennylane.supplier_balances.last_invoice is 'Date of the latest of them.';

create view pennylane.soldes_fournisseurs as
select company_id as societe_id, supplier_id as fournisseur_id, supplier as fournisseur, account_number as compte, invoices as factures,
       invoiced as montant_facture, remaining as reste_a_payer, last_invoice as derniere_facture
from pennylane.supplier_balances;

comment on view pennylane.soldes_fournisseurs is 'Soldes des fournisseurs : supplier_balances, en français.';

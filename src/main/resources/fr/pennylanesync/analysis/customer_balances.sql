-- What remains is in the currency of the invoice; the ratio of its amounts is the rate that it was booked at.
create view pennylane.customer_balances as
select t.company_id,
       t.id as customer_id,
       t.name as customer,
       a.number as account_number,
       coalesce(i.invoices, 0) as invoices,
       coalesce(i.invoiced, 0) as invoiced,
       coalesce(i.remaining, 0) as remaining,
       i.last_invoice
from pennylane.customers t
left join pennylane.ledger_accounts a on a.company_id = t.company_id and a.id = t.ledger_account_id
left join (
    select company_id, customer_id, count(*) as invoices, sum(amount) as invoiced,
           sum(case when i.currency <> 'EUR' then round(i.remaining_amount_with_tax * i.amount / nullif(i.currency_amount, 0), 2)
                   else i.remaining_amount_with_tax end) as remaining,
           max(date) as last_invoice
    from pennylane.customer_invoices i
    where deleted_at is null and draft is not true
    group by company_id, customer_id) i on i.company_id = t.company_id and i.customer_id = t.id
where t.deleted_at is null;

comment on view pennylane.customer_balances is
    'Each customer with what was invoiced and what remains of it.';
comment on column pennylane.customer_balances.company_id is 'The company, as in companies.';
comment on column pennylane.customer_balances.customer_id is 'The customer, as in customers.';
comment on column pennylane.customer_balances.customer is 'Name of the customer.';
comment on column pennylane.customer_balances.account_number is 'Number of its account in the ledger.';
comment on column pennylane.customer_balances.invoices is 'Number of its invoices and credit notes, drafts left out.';
comment on column pennylane.customer_balances.invoiced is 'Sum of them with tax, in the currency of the books.';
comment on column pennylane.customer_balances.remaining is 'What is not settled of them, in the currency of the books.';
comment on column pennylane.customer_balances.last_invoice is 'Date of the latest of them.';

create view pennylane.soldes_clients as
select company_id as societe_id, customer_id as client_id, customer as client, account_number as compte, invoices as factures,
       invoiced as montant_facture, remaining as reste_a_payer, last_invoice as derniere_facture
from pennylane.customer_balances;

comment on view pennylane.soldes_clients is 'Soldes des clients : customer_balances, en français.';

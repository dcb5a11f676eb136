-- What remains is in the currency of the invoice; the ratio of its amounts is the rate that it was booked at.
create view pennylane.aged_receivables as
select i.company_id,
       i.customer_id,
       t.name as customer,
       count(*) as invoices,
       sum(r.remaining) as total,
       coalesce(sum(r.remaining) filter (where i.deadline >= current_date or i.deadline is null), 0) as not_due,
       coalesce(sum(r.remaining) filter (where current_date - i.deadline between 1 and 30), 0) as days_1_to_30,
       coalesce(sum(r.remaining) filter (where current_date - i.deadline between 31 and 60), 0) as days_31_to_60,
       coalesce(sum(r.remaining) filter (where current_date - i.deadline between 61 and 90), 0) as days_61_to_90,
       coalesce(sum(r.remaining) filter (where current_date - i.deadline > 90), 0) as days_over_90,
       min(i.deadline) as oldest_deadline
from pennylane.customer_invoices i
left join pennylane.customers t on t.company_id = i.company_id and t.id = i.customer_id
cross join lateral (
    select case when i.currency <> 'EUR' then round(i.remaining_amount_with_tax * i.amount / nullif(i.currency_amount, 0), 2)
            else i.remaining_amount_with_tax end as remaining) r
where i.deleted_at is null and i.archived_at is null and i.draft is not true and r.remaining <> 0
group by i.company_id, i.customer_id, t.name;

comment on view pennylane.aged_receivables is
    'What customers owe, by days since the deadline as of today; credit notes lessen it; drafts are left out.';
comment on column pennylane.aged_receivables.company_id is 'The company, as in companies.';
comment on column pennylane.aged_receivables.customer_id is 'The customer, as in customers; null where the invoice names none.';
comment on column pennylane.aged_receivables.customer is 'Name of the customer.';
comment on column pennylane.aged_receivables.invoices is 'Number of invoices and credit notes that are not settled.';
comment on column pennylane.aged_receivables.total is 'Remaining amount with tax, in the currency of the books.';
comment on column pennylane.aged_receivables.not_due is 'Of it, what is not due yet, or has no deadline.';
comment on column pennylane.aged_receivables.days_1_to_30 is 'Of it, what is due since 1 to 30 days.';
comment on column pennylane.aged_receivables.days_31_to_60 is 'Of it, what is due since 31 to 60 days.';
comment on column pennylane.aged_receivables.days_61_to_90 is 'Of it, what is due since 61 to 90 days.';
comment on column pennylane.aged_receivables.days_over_90 is 'Of it, what is due since more than 90 days.';
comment on column pennylane.aged_receivables.oldest_deadline is 'Earliest deadline among them.';

create view pennylane.balance_agee_clients as
select company_id as societe_id, customer_id as client_id, customer as client, invoices as factures, total, not_due as non_echu,
       days_1_to_30 as de_1_a_30_jours, days_31_to_60 as de_31_a_60_jours, days_61_to_90 as de_61_a_90_jours,
       days_over_90 as plus_de_90_jours, oldest_deadline as plus_ancienne_echeance
from pennylane.aged_receivables;

comment on view pennylane.balance_agee_clients is 'Balance âgée clients : aged_receivables, en français.';

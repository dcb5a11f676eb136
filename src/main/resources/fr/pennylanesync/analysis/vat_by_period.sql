-- A discount on the whole invoice lessens each of its lines: by its percentage, or by the invoice's own amounts.
create view pennylane.vat_by_period as
select x.company_id,
       date_trunc('month', x.date)::date as month,
       x.direction,
       x.vat_rate,
       count(distinct x.invoice_id) as invoices,
       sum(x.amount - x.tax) as amount_before_tax,
       sum(x.tax) as tax,
       sum(x.amount) as amount
from (
    select 'collected' as direction, i.company_id, i.id as invoice_id, i.date, l.vat_rate,
           round(l.amount * case when i.discount_type = 'relative' then 1 - coalesce(i.discount_value, 0) / 100
               when i.discount_value <> 0 then coalesce(i.amount / nullif(l.amount_of_all, 0), 1)
               else 1 end, 2) as amount,
           round(l.tax * case when i.discount_type = 'relative' then 1 - coalesce(i.discount_value, 0) / 100
               when i.discount_value <> 0 then coalesce(i.tax / nullif(l.tax_of_all, 0), 1)
               else 1 end, 2) as tax
    from pennylane.customer_invoices i
    join (
        select n.company_id, n.customer_invoice_id, n.vat_rate, n.amount, n.tax,
               sum(n.amount) over (partition by n.company_id, n.customer_invoice_id) as amount_of_all,
               sum(n.tax) over (partition by n.company_id, n.customer_invoice_id) as tax_of_all
        from pennylane.customer_invoices_invoice_lines n
        where n.deleted_at is null) l on l.company_id = i.company_id and l.customer_invoice_id = i.id
    where i.deleted_at is null and i.draft is not true
    union all
    select 'deductible', i.company_id, i.id, i.date, l.vat_rate, l.amount, l.tax
    from pennylane.supplier_invoices i
    join pennylane.supplier_invoices_invoice_lines l
        on l.company_id = i.company_id and l.supplier_invoice_id = i.id and l.deleted_at is null
    where i.deleted_at is null) x
group by x.company_id, month, x.direction, x.vat_rate;

comment on view pennylane.vat_by_period is
    'VAT of the lines of invoices, less discounts on whole invoices, by month of issue and VAT code; what is due on receipt of payment is not told apart.';
comment on column pennylane.vat_by_period.company_id is 'The company, as in companies.';
comment on column pennylane.vat_by_period.month is 'First day of the month of issue; null for invoices without a date.';
comment on column pennylane.vat_by_period.direction is 'collected: of customer invoices without drafts; deductible: of supplier invoices.';
comment on column pennylane.vat_by_period.vat_rate is 'Pennylane''s VAT code, such as FR_200.';
comment on column pennylane.vat_by_period.invoices is 'Number of invoices with such a line.';
comment on column pennylane.vat_by_period.amount_before_tax is 'Sum of the lines without tax, in the currency of the books.';
comment on column pennylane.vat_by_period.tax is 'Sum of the tax.';
comment on column pennylane.vat_by_period.amount is 'Sum of the lines with tax.';

create view pennylane.tva_par_periode as
select company_id as societe_id, month as mois,
       case direction when 'collected' then 'collectée' else 'déductible' end as sens, vat_rate as code_tva,
       invoices as factures, amount_before_tax as montant_ht, tax as tva, amount as montant_ttc
from pennylane.vat_by_period;

comment on view pennylane.tva_par_periode is 'TVA par période : vat_by_period, en français.';

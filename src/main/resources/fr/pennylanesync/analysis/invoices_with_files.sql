-- What remains is in the currency of the invoice; the ratio of its amounts is the rate that it was booked at.
create view pennylane.invoices_with_files as
with invoice as (
    select 'customer' as direction, 'customer_invoices' as stream, i.company_id, i.id, i.invoice_number, i.date,
           i.deadline, i.customer_id as third_party_id, c.name as third_party, i.label, i.currency, i.amount, i.tax,
           case when i.currency <> 'EUR' then round(i.remaining_amount_with_tax * i.amount / nullif(i.currency_amount, 0), 2)
                else i.remaining_amount_with_tax end
               as remaining_amount_with_tax,
           i.paid
    from pennylane.customer_invoices i
    left join pennylane.customers c on c.company_id = i.company_id and c.id = i.customer_id
    where i.deleted_at is null
    union all
    select 'supplier', 'supplier_invoices', i.company_id, i.id, i.invoice_number, i.date, i.deadline, i.supplier_id,
           s.name, i.label, i.currency, i.amount, i.tax, case when i.currency <> 'EUR' then round(i.remaining_amount_with_tax * i.amount / nullif(i.currency_amount, 0), 2)
                else i.remaining_amount_with_tax end
               as remaining_amount_with_tax,
           i.paid
    from pennylane.supplier_invoices i
    left join pennylane.suppliers s on s.company_id = i.company_id and s.id = i.supplier_id
    where i.deleted_at is null)
select i.direction,
       i.company_id,
       i.id as invoice_id,
       i.invoice_number,
       i.date,
       i.deadline,
       i.third_party_id,
       i.third_party,
       i.label,
       i.currency,
       i.amount,
       i.tax,
       i.remaining_amount_with_tax,
       i.paid,
       coalesce(l.lines, 0) as lines,
       coalesce(l.amount, 0) as amount_of_lines,
       coalesce(p.payments, 0) as payments,
       coalesce(f.archived, 0) as files_archived,
       coalesce(f.missing, 0) as files_missing,
       f.object_keys
from invoice i
left join lateral (
    select count(*) as lines, sum(x.amount) as amount
    from (select amount from pennylane.customer_invoices_invoice_lines n
          where i.direction = 'customer' and n.company_id = i.company_id and n.customer_invoice_id = i.id
            and n.deleted_at is null
          union all
          select amount from pennylane.supplier_invoices_invoice_lines n
          where i.direction = 'supplier' and n.company_id = i.company_id and n.supplier_invoice_id = i.id
            and n.deleted_at is null) x) l on true
left join lateral (
    select count(*) as payments
    from (select 1 from pennylane.customer_invoices_payments n
          where i.direction = 'customer' and n.company_id = i.company_id and n.customer_invoice_id = i.id
            and n.deleted_at is null
          union all
          select 1 from pennylane.supplier_invoices_payments n
          where i.direction = 'supplier' and n.company_id = i.company_id and n.supplier_invoice_id = i.id
            and n.deleted_at is null) x) p on true
left join lateral (
    select count(*) filter (where n.state = 'ARCHIVED' and n.removed_at is null) as archived,
           count(*) filter (where n.state <> 'ARCHIVED') as missing,
           array_agg(n.object_key order by n.confirmed_at desc) filter (where n.state = 'ARCHIVED' and n.removed_at is null)
               as object_keys
    from pennylane_sync.file n
    where n.company_id = i.company_id and n.stream = i.stream and n.parent_id = 0 and n.record_id = i.id) f on true;

comment on view pennylane.invoices_with_files is
    'Customer and supplier invoices with their lines, payments and archived files counted, one row each.';
comment on column pennylane.invoices_with_files.direction is 'customer: issued; supplier: received.';
comment on column pennylane.invoices_with_files.company_id is 'The company, as in companies.';
comment on column pennylane.invoices_with_files.invoice_id is 'The invoice, as in customer_invoices or supplier_invoices.';
comment on column pennylane.invoices_with_files.invoice_number is 'Number of the invoice.';
comment on column pennylane.invoices_with_files.date is 'Date of issue.';
comment on column pennylane.invoices_with_files.deadline is 'Date on which it is due.';
comment on column pennylane.invoices_with_files.third_party_id is 'The customer or supplier.';
comment on column pennylane.invoices_with_files.third_party is 'Name of the customer or supplier.';
comment on column pennylane.invoices_with_files.label is 'Wording of the invoice.';
comment on column pennylane.invoices_with_files.currency is 'Currency of the invoice; the amounts here are in that of the books.';
comment on column pennylane.invoices_with_files.amount is 'Amount with tax, in the currency of the books.';
comment on column pennylane.invoices_with_files.tax is 'Tax, in the currency of the books.';
comment on column pennylane.invoices_with_files.remaining_amount_with_tax is 'What is not settled of it, in the currency of the books.';
comment on column pennylane.invoices_with_files.paid is 'Whether Pennylane takes it as paid.';
comment on column pennylane.invoices_with_files.lines is 'Number of its lines.';
comment on column pennylane.invoices_with_files.amount_of_lines is 'Sum of its lines with tax.';
comment on column pennylane.invoices_with_files.payments is 'Number of its payments.';
comment on column pennylane.invoices_with_files.files_archived is 'Number of contents of its files in the archive.';
comment on column pennylane.invoices_with_files.files_missing is 'Number of its files that wait, failed, or are set aside.';
comment on column pennylane.invoices_with_files.object_keys is 'Where its files lie in the archive, the newest first.';

create view pennylane.factures_avec_fichiers as
select case direction when 'customer' then 'client' else 'fournisseur' end as sens, company_id as societe_id,
       invoice_id as facture_id, invoice_number as numero_facture, date, deadline as echeance,
       third_party_id as tiers_id, third_party as tiers, label as libelle, currency as devise, amount as montant_ttc,
       tax as tva, remaining_amount_with_tax as reste_a_payer_ttc, paid as payee, lines as lignes,
       amount_of_lines as montant_des_lignes, payments as paiements, files_archived as fichiers_archives,
       files_missing as fichiers_manquants, object_keys as cles_archive
from pennylane.invoices_with_files;

comment on view pennylane.factures_avec_fichiers is 'Factures avec leurs fichiers : invoices_with_files, en français.';

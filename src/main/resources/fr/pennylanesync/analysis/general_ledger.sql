-- A fiscal year that overlaps another must not double a line: the earlier one has it.
create view pennylane.general_ledger as
select l.company_id,
       y.id as fiscal_year_id,
       l.date,
       date_trunc('month', l.date)::date as month,
       j.code as journal_code,
       j.label as journal_label,
       l.ledger_entry_id,
       e.piece_number,
       e.invoice_number,
       e.status as entry_status,
       l.id as ledger_entry_line_id,
       l.ledger_account_id,
       coalesce(a.number, l.ledger_account_number) as account_number,
       a.label as account_label,
       l.label,
       l.debit,
       l.credit,
       l.debit - l.credit as balance,
       case jsonb_typeof(l.lettered_line_ids) when 'array' then jsonb_array_length(l.lettered_line_ids) > 0 else false end as lettered
from pennylane.ledger_entry_lines l
left join pennylane.ledger_entries e on e.company_id = l.company_id and e.id = l.ledger_entry_id
left join pennylane.ledger_accounts a on a.company_id = l.company_id and a.id = l.ledger_account_id
left join pennylane.journals j on j.company_id = l.company_id and j.id = coalesce(l.journal_id, e.journal_id)
left join lateral (
    select f.id
    from pennylane.fiscal_years f
    where f.company_id = l.company_id and f.deleted_at is null and l.date between f.start and f.finish
    order by f.start, f.id
    limit 1) y on true
where l.deleted_at is null;

comment on view pennylane.general_ledger is
    'Every ledger line with its entry, journal, account and fiscal year; lines that are gone at Pennylane are left out.';
comment on column pennylane.general_ledger.company_id is 'The company, as in companies.';
comment on column pennylane.general_ledger.fiscal_year_id is 'The fiscal year that the date lies in; null outside all of them.';
comment on column pennylane.general_ledger.date is 'Date of the entry.';
comment on column pennylane.general_ledger.month is 'First day of the month of the date.';
comment on column pennylane.general_ledger.journal_code is 'Code of the journal, such as VT or HA.';
comment on column pennylane.general_ledger.journal_label is 'Name of the journal.';
comment on column pennylane.general_ledger.ledger_entry_id is 'The entry that the line belongs to.';
comment on column pennylane.general_ledger.piece_number is 'Number of the voucher of the entry.';
comment on column pennylane.general_ledger.invoice_number is 'Number of the invoice behind the entry.';
comment on column pennylane.general_ledger.entry_status is 'Status of the entry at Pennylane; drafts have one too.';
comment on column pennylane.general_ledger.ledger_entry_line_id is 'The line, as in ledger_entry_lines.';
comment on column pennylane.general_ledger.ledger_account_id is 'The account, as in ledger_accounts.';
comment on column pennylane.general_ledger.account_number is 'Number of the account in the chart of accounts.';
comment on column pennylane.general_ledger.account_label is 'Name of the account.';
comment on column pennylane.general_ledger.label is 'Wording of the line.';
comment on column pennylane.general_ledger.debit is 'Debit, in the currency of the books.';
comment on column pennylane.general_ledger.credit is 'Credit, in the currency of the books.';
comment on column pennylane.general_ledger.balance is 'Debit less credit.';
comment on column pennylane.general_ledger.lettered is 'Whether the line is matched with others.';

create view pennylane.grand_livre as
select company_id as societe_id, fiscal_year_id as exercice_id, date, month as mois, journal_code as code_journal,
       journal_label as journal, ledger_entry_id as ecriture_id, piece_number as numero_piece,
       invoice_number as numero_facture, entry_status as statut, ledger_entry_line_id as ligne_id,
       ledger_account_id as compte_id, account_number as compte, account_label as libelle_compte, label as libelle,
       debit, credit, balance as solde, lettered as lettree
from pennylane.general_ledger;

comment on view pennylane.grand_livre is 'Grand livre : general_ledger, en français.';

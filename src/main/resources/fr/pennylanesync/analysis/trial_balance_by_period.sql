create view pennylane.trial_balance_by_period as
select g.company_id,
       g.fiscal_year_id,
       f.start as fiscal_year_start,
       f.finish as fiscal_year_finish,
       g.month,
       g.ledger_account_id,
       g.account_number,
       g.account_label,
       sum(g.debit) as debit,
       sum(g.credit) as credit,
       sum(g.balance) as balance,
       count(*) as lines
from pennylane.general_ledger g
left join pennylane.fiscal_years f on f.company_id = g.company_id and f.id = g.fiscal_year_id
group by g.company_id, g.fiscal_year_id, f.start, f.finish, g.month, g.ledger_account_id, g.account_number,
         g.account_label;

comment on view pennylane.trial_balance_by_period is
    'Debits and credits of each account, by fiscal year and month; opening entries are in the month of their date.';
comment on column pennylane.trial_balance_by_period.company_id is 'The company, as in companies.';
comment on column pennylane.trial_balance_by_period.fiscal_year_id is 'The fiscal year; null for lines outside all of them.';
comment on column pennylane.trial_balance_by_period.fiscal_year_start is 'First day of the fiscal year.';
comment on column pennylane.trial_balance_by_period.fiscal_year_finish is 'Last day of the fiscal year.';
comment on column pennylane.trial_balance_by_period.month is 'First day of the month.';
comment on column pennylane.trial_balance_by_period.ledger_account_id is 'The account; one number may have several, by VAT rate and country.';
comment on column pennylane.trial_balance_by_period.account_number is 'Number of the account, third parties'' own accounts included.';
comment on column pennylane.trial_balance_by_period.account_label is 'Name of the account.';
comment on column pennylane.trial_balance_by_period.debit is 'Sum of the debits of the month.';
comment on column pennylane.trial_balance_by_period.credit is 'Sum of the credits of the month.';
comment on column pennylane.trial_balance_by_period.balance is 'Debits less credits of the month; add the months of a fiscal year up for its balance.';
comment on column pennylane.trial_balance_by_period.lines is 'Number of ledger lines.';

create view pennylane.balance_generale as
select company_id as societe_id, fiscal_year_id as exercice_id, fiscal_year_start as debut_exercice,
       fiscal_year_finish as fin_exercice, account_number as compte, account_label as libelle_compte,
       sum(debit) as debit, sum(credit) as credit, sum(balance) as solde
from pennylane.trial_balance_by_period
group by company_id, fiscal_year_id, fiscal_year_start, fiscal_year_finish, ledger_account_id, account_number,
         account_label;

comment on view pennylane.balance_generale is
    'Balance générale par exercice : trial_balance_by_period, tous les mois additionnés.';

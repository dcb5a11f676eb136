-- By the French chart of accounts (PCG): classes 6 and 7; 68, 78 and 79 belong to what their third digit says.
create view pennylane.income_statement as
select t.company_id,
       t.fiscal_year_id,
       t.fiscal_year_start,
       t.fiscal_year_finish,
       t.month,
       case
           when t.account_number like '69%' then 'profit sharing and income tax'
           when t.account_number ~ '^(66|76|686|786|796)' then 'financial'
           when t.account_number ~ '^(67|77|687|787|797)' then 'exceptional'
           else 'operating'
       end as section,
       case when t.account_number like '7%' then 'income' else 'expense' end as kind,
       left(t.account_number, 2) as account_group,
       t.account_number,
       t.account_label,
       case when t.account_number like '7%' then -t.balance else t.balance end as amount,
       -t.balance as result
from pennylane.trial_balance_by_period t
where t.account_number ~ '^[67]';

comment on view pennylane.income_statement is
    'Income and expenses by month, in the sections of the French chart of accounts; the sum of result is the result of the period.';
comment on column pennylane.income_statement.company_id is 'The company, as in companies.';
comment on column pennylane.income_statement.fiscal_year_id is 'The fiscal year; null for lines outside all of them.';
comment on column pennylane.income_statement.fiscal_year_start is 'First day of the fiscal year.';
comment on column pennylane.income_statement.fiscal_year_finish is 'Last day of the fiscal year.';
comment on column pennylane.income_statement.month is 'First day of the month.';
comment on column pennylane.income_statement.section is 'operating, financial, exceptional, or profit sharing and income tax.';
comment on column pennylane.income_statement.kind is 'income (class 7) or expense (class 6).';
comment on column pennylane.income_statement.account_group is 'First two digits of the account.';
comment on column pennylane.income_statement.account_number is 'Number of the account.';
comment on column pennylane.income_statement.account_label is 'Name of the account.';
comment on column pennylane.income_statement.amount is 'Income as a positive amount of income, expense as a positive amount of expense.';
comment on column pennylane.income_statement.result is 'What the account adds to the result: credits less debits.';

create view pennylane.compte_de_resultat as
select company_id as societe_id, fiscal_year_id as exercice_id, fiscal_year_start as debut_exercice,
       fiscal_year_finish as fin_exercice, month as mois,
       case section when 'operating' then 'exploitation' when 'financial' then 'financier'
           when 'exceptional' then 'exceptionnel' else 'participation et impôts' end as rubrique,
       case kind when 'income' then 'produit' else 'charge' end as nature, account_group as groupe,
       account_number as compte, account_label as libelle_compte, amount as montant, result as resultat
from pennylane.income_statement;

comment on view pennylane.compte_de_resultat is 'Compte de résultat : income_statement, en français.';

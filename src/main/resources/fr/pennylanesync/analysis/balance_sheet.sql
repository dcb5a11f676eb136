-- By the French chart of accounts (PCG): classes 2 and 3 are assets, class 1 equity and liabilities; an account of class 4 or 5 stands
-- on the side of its balance. Depreciation (28, 29, 39, 49, 59) lessens the assets. The result of classes 6 and 7 closes the sheet.
create view pennylane.balance_sheet as
with account as (
    select company_id, fiscal_year_id, fiscal_year_start, fiscal_year_finish, ledger_account_id, account_number,
           account_label, sum(balance) as balance
    from pennylane.trial_balance_by_period
    where account_number ~ '^[1-7]'
    group by company_id, fiscal_year_id, fiscal_year_start, fiscal_year_finish, ledger_account_id, account_number,
             account_label),
sided as (
    select company_id, fiscal_year_id, fiscal_year_start, fiscal_year_finish, account_number, account_label, balance,
           case
               when account_number like '109%' then 'assets'
               when account_number like '1%' then 'liabilities'
               when account_number ~ '^(2|3|49|59)' then 'assets'
               when account_number like '519%' then 'liabilities'
               when balance >= 0 then 'assets'
               else 'liabilities'
           end as side
    from account
    where account_number ~ '^[1-5]'
    union all
    select company_id, fiscal_year_id, fiscal_year_start, fiscal_year_finish, null, 'Result of the fiscal year',
           sum(balance), 'liabilities'
    from account
    where account_number ~ '^[67]'
    group by company_id, fiscal_year_id, fiscal_year_start, fiscal_year_finish)
select company_id,
       fiscal_year_id,
       fiscal_year_start,
       fiscal_year_finish,
       side,
       case
           when account_number is null then 'equity'
           when account_number ~ '^(10|11|12|13|14)' then 'equity'
           when account_number like '15%' then 'provisions'
           when account_number ~ '^(16|17|519)' then 'borrowings'
           when account_number like '18%' then 'accounts with branches'
           when account_number ~ '^(20|280|290)' then 'intangible assets'
           when account_number ~ '^(26|27|296|297)' then 'financial assets'
           when account_number like '2%' then 'tangible assets'
           when account_number like '3%' then 'stocks'
           when account_number ~ '^(40|41|491)' then 'trade'
           when account_number ~ '^(42|43|44)' then 'staff, social bodies and State'
           when account_number like '4%' then 'other receivables and payables'
           else 'cash and equivalents'
       end as section,
       account_number,
       account_label,
       case side when 'assets' then balance else -balance end as amount
from sided;

comment on view pennylane.balance_sheet is
    'Assets and liabilities of each fiscal year, account by account, opening entries included: before they are booked a year shows its own movements alone. Both sides are equal where the books balance.';
comment on column pennylane.balance_sheet.company_id is 'The company, as in companies.';
comment on column pennylane.balance_sheet.fiscal_year_id is 'The fiscal year; null for lines outside all of them.';
comment on column pennylane.balance_sheet.fiscal_year_start is 'First day of the fiscal year.';
comment on column pennylane.balance_sheet.fiscal_year_finish is 'Last day of the fiscal year.';
comment on column pennylane.balance_sheet.side is 'assets or liabilities; equity is among the latter.';
comment on column pennylane.balance_sheet.section is 'Heading, by the first digits of the account.';
comment on column pennylane.balance_sheet.account_number is 'Number of the account; null for the result of classes 6 and 7.';
comment on column pennylane.balance_sheet.account_label is 'Name of the account.';
comment on column pennylane.balance_sheet.amount is 'Positive on the side where it stands; depreciation lessens the assets.';

create view pennylane.bilan as
select company_id as societe_id, fiscal_year_id as exercice_id, fiscal_year_start as debut_exercice,
       fiscal_year_finish as fin_exercice, case side when 'assets' then 'actif' else 'passif' end as cote,
       case section when 'equity' then 'capitaux propres' when 'provisions' then 'provisions'
           when 'borrowings' then 'emprunts et concours bancaires' when 'accounts with branches' then 'comptes de liaison'
           when 'intangible assets' then 'immobilisations incorporelles'
           when 'financial assets' then 'immobilisations financières'
           when 'tangible assets' then 'immobilisations corporelles' when 'stocks' then 'stocks'
           when 'trade' then 'clients et fournisseurs'
           when 'staff, social bodies and State' then 'personnel, organismes sociaux et État'
           when 'other receivables and payables' then 'autres créances et dettes'
           else 'disponibilités' end as rubrique,
       account_number as compte,
       case when account_number is null then 'Résultat de l''exercice' else account_label end as libelle_compte,
       amount as montant
from pennylane.balance_sheet;

comment on view pennylane.bilan is 'Bilan : balance_sheet, en français.';

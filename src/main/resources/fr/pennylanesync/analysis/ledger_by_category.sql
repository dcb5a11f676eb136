-- What is odd in one record is null in its row: a cast that fails would fail for everybody.
create view pennylane.ledger_by_category as
select g.company_id,
       g.fiscal_year_id,
       g.date,
       g.month,
       g.ledger_entry_line_id,
       g.account_number,
       g.account_label,
       g.label,
       k.id as category_id,
       k.label as category,
       k.analytical_code,
       k.category_group_id,
       r.label as category_group,
       k.weight,
       g.debit * k.weight as debit,
       g.credit * k.weight as credit,
       g.balance * k.weight as balance
from pennylane.general_ledger g
join pennylane.ledger_entry_lines l on l.company_id = g.company_id and l.id = g.ledger_entry_line_id
cross join lateral (
    select case when c ->> 'id' ~ '^[0-9]{1,18}$' then (c ->> 'id')::bigint end as id,
           c ->> 'label' as label, c ->> 'analytical_code' as analytical_code,
           case when c -> 'category_group' ->> 'id' ~ '^[0-9]{1,18}$' then (c -> 'category_group' ->> 'id')::bigint end
               as category_group_id,
           case when c ->> 'weight' ~ '^-?[0-9]{1,18}([.][0-9]{1,40})?$' then (c ->> 'weight')::numeric end as weight
    from jsonb_array_elements(case jsonb_typeof(l.categories) when 'array' then l.categories else '[]' end) c) k
left join pennylane.category_groups r on r.company_id = g.company_id and r.id = k.category_group_id;

comment on view pennylane.ledger_by_category is
    'Ledger lines once for each of their analytical categories, weighted; sum within one category group, or amounts count twice.';
comment on column pennylane.ledger_by_category.company_id is 'The company, as in companies.';
comment on column pennylane.ledger_by_category.fiscal_year_id is 'The fiscal year that the date lies in.';
comment on column pennylane.ledger_by_category.date is 'Date of the entry.';
comment on column pennylane.ledger_by_category.month is 'First day of the month of the date.';
comment on column pennylane.ledger_by_category.ledger_entry_line_id is 'The line, as in ledger_entry_lines.';
comment on column pennylane.ledger_by_category.account_number is 'Number of the account.';
comment on column pennylane.ledger_by_category.account_label is 'Name of the account.';
comment on column pennylane.ledger_by_category.label is 'Wording of the line.';
comment on column pennylane.ledger_by_category.category_id is 'The category, as in categories.';
comment on column pennylane.ledger_by_category.category is 'Name of the category.';
comment on column pennylane.ledger_by_category.analytical_code is 'Analytical code of the category.';
comment on column pennylane.ledger_by_category.category_group_id is 'The analytical axis, as in category_groups.';
comment on column pennylane.ledger_by_category.category_group is 'Name of the analytical axis.';
comment on column pennylane.ledger_by_category.weight is 'Share of the line that belongs to the category, 0 to 1.';
comment on column pennylane.ledger_by_category.debit is 'Debit times weight.';
comment on column pennylane.ledger_by_category.credit is 'Credit times weight.';
comment on column pennylane.ledger_by_category.balance is 'Debit less credit, times weight.';

create view pennylane.grand_livre_analytique as
select company_id as societe_id, fiscal_year_id as exercice_id, date, month as mois, ledger_entry_line_id as ligne_id,
       account_number as compte, account_label as libelle_compte, label as libelle, category_id as categorie_id,
       category as categorie, analytical_code as code_analytique, category_group_id as axe_id, category_group as axe,
       weight as poids, debit, credit, balance as solde
from pennylane.ledger_by_category;

comment on view pennylane.grand_livre_analytique is 'Grand livre analytique : ledger_by_category, en français.';

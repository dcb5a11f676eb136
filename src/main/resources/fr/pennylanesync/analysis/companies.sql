create view pennylane.companies as
select id, alias, name, registration_number
from pennylane_sync.company;

comment on view pennylane.companies is 'The companies whose books are here, one row each.';
comment on column pennylane.companies.id is 'Pennylane''s id of the company: company_id of every other table.';
comment on column pennylane.companies.alias is 'Its short name in this installation, the stem of its token file.';
comment on column pennylane.companies.name is 'Its name at Pennylane.';
comment on column pennylane.companies.registration_number is 'SIREN or SIRET, as Pennylane has it.';

create view pennylane.societes as
select id as societe_id, alias, name as raison_sociale, registration_number as numero_immatriculation
from pennylane.companies;

comment on view pennylane.societes is 'Sociétés : companies, en français.';

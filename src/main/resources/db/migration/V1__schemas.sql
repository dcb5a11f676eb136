-- pennylane_sync, for operators, is made by Flyway before its history table; pennylane is for analysts.
-- Looked up first, because "if not exists" asks for the right to create even where there is nothing to create.
do $$
begin
    if to_regnamespace('pennylane') is null then
        create schema pennylane;
    end if;
end
$$;

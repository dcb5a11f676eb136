-- Not strict any more (an absent text gives nothing either way): only then PostgreSQL takes the function's body into the query that calls
-- it, and a digest costs a quarter.
create or replace function pennylane_sync.strtol(digits text, base integer) returns bigint language sql immutable as
    $$ select ('x' || lpad(digits, 16, '0'))::bit(64)::bigint $$;

-- What the views <stream>_history are made of: the typed columns of a version are computed from its payload, by the rules by which the runtime
-- fills the table. Each function stands alone: it runs with the rights of whoever asks, who need not have any in this schema.

create function pennylane_sync.column_text(value jsonb) returns text language sql immutable parallel safe as
    $$ select case when jsonb_typeof(value) in ('string', 'number', 'boolean') then value #>> '{}' end $$;

create function pennylane_sync.column_boolean(value jsonb) returns boolean language sql immutable parallel safe as
    $$ select case jsonb_typeof(value) when 'boolean' then value::boolean end $$;

create function pennylane_sync.column_jsonb(value jsonb) returns jsonb language sql immutable parallel safe as
    $$ select case when jsonb_typeof(value) <> 'null' then value end $$;

create function pennylane_sync.column_bigint(value text) returns bigint language plpgsql immutable strict parallel safe as $$
begin
    if value !~ '^[+-]?[0-9]{1,19}$' then
        return null;
    end if;
    if length(value) > 18 and value::numeric not between -9223372036854775808 and 9223372036854775807 then
        return null;
    end if;
    return value::bigint;
end
$$;

create function pennylane_sync.column_integer(value text) returns integer language plpgsql immutable strict parallel safe as $$
begin
    if value !~ '^[+-]?[0-9]{1,19}$' then
        return null;
    end if;
    if length(value) > 9 and value::numeric not between -2147483648 and 2147483647 then
        return null;
    end if;
    return value::numeric::integer;
end
$$;

create function pennylane_sync.column_numeric(value text) returns numeric language plpgsql immutable strict parallel safe as $$
begin
    if value !~ '^[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?$' then
        return null;
    end if;
    if length(value) > 1000 and (length(substring(value from '[0-9]+')) > 1000 or length(substring(value from '\.([0-9]+)')) > 1000) then
        return null;
    end if;
    return value::numeric;
end
$$;

-- of_share: the data sharing's rows spell a date as PostgreSQL does, the API's records as ISO 8601 has it. The days repeat after 400 years.
create function pennylane_sync.column_date(value text, of_share boolean) returns date language plpgsql immutable strict parallel safe as $$
declare
    part text[];
    year bigint;
    first_of_month date;
    day bigint;
begin
    if value ~ '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$' and left(value, 4) <> '0000' then
        return value::date;
    end if;
    if of_share and value !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9:.]+)?$' then
        return case when value ~ '^(-?infinity|[0-9]{4,7}-[0-9]{2}-[0-9]{2}( BC)?)$' then value::date end;
    end if;
    part := regexp_match(value, '^([+-]?)([0-9]{4,10})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$');
    if part is null or part[1] = '' and length(part[2]) > 4 or part[1] = '+' and length(part[2]) = 4 or part[1] = '-' and part[2]::bigint = 0
    then
        return null;
    end if;
    year := (part[1] || part[2])::bigint;
    first_of_month := make_date(2000 + (((year % 400) + 400) % 400)::integer, part[3]::integer, 1);
    if part[4]::integer > extract(day from first_of_month + interval '1 month' - interval '1 day') then
        return null;
    end if;
    day := (first_of_month - date '2000-01-01') + part[4]::integer - 1 + floor((year - 2000) / 400.0)::bigint * 146097;
    if day not between date '4714-11-24 BC' - date '2000-01-01' and date '5874897-12-31' - date '2000-01-01' then
        return null;
    end if;
    return date '2000-01-01' + day::integer;
end
$$;

create function pennylane_sync.column_timestamptz(value text, of_share boolean) returns timestamptz
    language plpgsql immutable strict parallel safe as $$
declare
    given text := value;
    part text[];
    year bigint;
    first_of_month date;
    away integer;
    day bigint;
    micros bigint;
begin
    if of_share then
        if value ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}( [0-9:.]+)?$' then
            given := replace(value, ' ', 'T') || 'Z';
        elsif value ~ '^-?infinity$' then
            return value::timestamptz;
        else
            return case when value ~ '^[0-9]{4,6}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?( BC)?$'
                then regexp_replace(value, '( BC)?$', '+00\1')::timestamptz end;
        end if;
    end if;
    if given ~ '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?Z$'
        and left(given, 4) <> '0000'
    then
        return given::timestamptz;
    end if;
    part := regexp_match(given, '^([+-]?)([0-9]{4,10})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])'
        '[Tt]([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(?:\.([0-9]{0,9}))?)?'
        '(?:[zZ]|([+-])([01][0-9])(?::([0-5][0-9])(?::([0-5][0-9]))?)?)$');
    if part is null or part[1] = '' and length(part[2]) > 4 or part[1] = '+' and length(part[2]) = 4 or part[1] = '-' and part[2]::bigint = 0
    then
        return null;
    end if;
    year := (part[1] || part[2])::bigint;
    first_of_month := make_date(2000 + (((year % 400) + 400) % 400)::integer, part[3]::integer, 1);
    away := coalesce((part[9] || '1')::integer * (part[10]::integer * 3600 + coalesce(part[11], '0')::integer * 60
        + coalesce(part[12], '0')::integer), 0);
    if part[4]::integer > extract(day from first_of_month + interval '1 month' - interval '1 day') or abs(away) > 64800 then
        return null;
    end if;
    micros := ((part[5]::bigint * 60 + part[6]::bigint) * 60 + coalesce(part[7], '0')::bigint - away) * 1000000
        + rpad(left(coalesce(part[8], ''), 6), 6, '0')::bigint;
    day := (first_of_month - date '2000-01-01') + part[4]::integer - 1 + floor((year - 2000) / 400.0)::bigint * 146097
        + floor(micros / 86400000000.0)::bigint;
    if day not between date '4714-11-24 BC' - date '2000-01-01' and date '294276-12-31' - date '2000-01-01' then
        return null;
    end if;
    micros := (micros % 86400000000 + 86400000000) % 86400000000;
    return ((date '2000-01-01' + day::integer)::timestamp + micros * interval '1 microsecond') at time zone 'UTC';
end
$$;

-- Which versions were replaced after a moment, newest first: an answer about last month reads no more than was replaced since.
create index record_version_of_time on pennylane_sync.record_version (stream, replaced_at);

-- The views and functions that this program made of the streams, so that one is made again only where what it is made of changed.
create table pennylane_sync.history_view (
    stream text primary key,
    definition_sha256 bytea not null
);

-- Where docs/roles.sql was run already, the new table is as it would make it.
do $$
begin
    if exists (select 1 from pg_roles where rolname = 'pennylane_runtime') then
        grant select on pennylane_sync.history_view to pennylane_runtime;
    end if;
end
$$;

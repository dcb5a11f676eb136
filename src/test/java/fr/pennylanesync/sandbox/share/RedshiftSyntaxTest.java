package fr.pennylanesync.sandbox.share;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedshiftSyntaxTest {

    @ParameterizedTest
    @ValueSource(strings = {
            "select count(*) filter (where a > 0) from t", "select distinct on (a) a, b from t",
            "insert into t values (1) on conflict do nothing", "delete from t returning id", "select array[1, 2]",
            "select a[1] from t", "select * from t where id = any('{1,2}')", "select * from t where id = any($1)",
            "select * from t, lateral (select 1) l", "select * from unnest(a) with ordinality",
            "select unnest(a) from t", "select * from generate_series(1, 10)", "select a::jsonb from t",
            "select cast(a as json) from t", "select a ->> 'b' from t", "select string_agg(a, ',') from t",
            "select E'\\t' from t", "select u&'\\FDD0' from t", "select $$a$$ from t",
            "select * from (values (1), (2)) v", "select a is distinct from b from t",
            "with x as materialized (select 1) select * from x", "select * from t for update",
            "select * from t tablesample system (1)", "select row(1, 2)", "select a collate \"C\" from t",
            "savepoint s", "rollback to s", "select ctid from t", "select now() from t", "select age(a) from t",
            "select current_timestamp from t", "select regexp_split_to_table(a, ',') from t",
            "select encode(a, 'hex') from t", "select concat_ws('-', a, b) from t", "select make_date(1, 2, 3) from t",
            "select has_table_privilege('t', 'select')", "select a::bytea from t", "select a::uuid from t"})
    void postgresAlone(String statement) {
        assertThat(RedshiftSyntax.refused(statement)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "select a::varchar, cast(b as decimal(38,0)) from t",
            "select listagg(a, ',') within group (order by a) from t",
            "select a, count(*) from t group by grouping sets ((a), ())", "select a from t order by a nulls last",
            "select row_number() over (partition by a order by b) from t", "select 'array[1] filter (where' from t",
            "select \"lateral\", \"date\" from t", "select a -- now()", "select convert_timezone('UTC', a) from t",
            "select to_char(a, 'YYYY-MM-DD'), md5(b), strtol(c, 16) from t", "select a as date, b as label from t",
            "begin isolation level repeatable read read only", "set timezone to 'UTC'",
            "select n.nspname = any(current_schemas(true)) from pg_catalog.pg_type", "select a as json_text from t",
            "select a from t where a ~ 'b' or a ilike 'c%'", "select a, b from t where (a, b) in (select 1, 2)"})
    void redshiftToo(String statement) {
        assertThat(RedshiftSyntax.refused(statement)).isEmpty();
    }
}

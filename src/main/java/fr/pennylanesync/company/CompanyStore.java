package fr.pennylanesync.company;

import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.token.Company;
import fr.pennylanesync.token.CompanyState;
import fr.pennylanesync.token.Scopes;
import fr.pennylanesync.token.TokenFingerprint;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code pennylane_sync.company}. Several processes may share it: every change states what it expects. */
public final class CompanyStore {

    private static final String COLUMNS = "id, alias, state, scopes, paused_by, refused_code";

    private final JdbcClient jdbc;

    public CompanyStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All companies that were ever identified, by alias. */
    public List<Company> all() {
        return jdbc.sql("select " + COLUMNS + " from pennylane_sync.company order by alias")
                .query(CompanyStore::company).list();
    }

    Optional<Company> byId(long id) {
        return jdbc.sql("select " + COLUMNS + " from pennylane_sync.company where id = ?").param(id)
                .query(CompanyStore::company).optional();
    }

    public Optional<Company> byAlias(String alias) {
        return jdbc.sql("select " + COLUMNS + " from pennylane_sync.company where alias = ?").param(alias)
                .query(CompanyStore::company).optional();
    }

    /** The fingerprints of the tokens that some process verified within this time, of companies that may be read. */
    Map<Long, TokenFingerprint> verifiedWithin(Duration time) {
        Map<Long, TokenFingerprint> verified = new HashMap<>();
        jdbc.sql("""
                select id, token_salt, token_fingerprint from pennylane_sync.company
                where state = 'ACTIVE' and verified_at > now() - ? * interval '1 second'""").param(time.toSeconds())
                .query(row -> {
                    verified.put(row.getLong(1), new TokenFingerprint(row.getBytes(2), row.getBytes(3)));
                });
        return verified;
    }

    /**
     * Records that this alias's token answered for this company. The first time pins the two to each other; neither
     * ever changes afterwards.
     *
     * @return false when the alias or the company is pinned otherwise: nothing was changed then
     */
    boolean pin(String alias, Identification.Known identity, Secret token) {
        TokenFingerprint fingerprint = TokenFingerprint.of(token);
        return jdbc.sql("""
                        insert into pennylane_sync.company (id, alias, name, registration_number, scopes, token_salt,
                                token_fingerprint, pinned_at, verified_at)
                        select :id, :alias, :name, :number, :scopes, :salt, :fingerprint, now(), now()
                        where not exists (select from pennylane_sync.company where alias = :alias and id <> :id)
                        on conflict (id) do update set name = excluded.name,
                                registration_number = excluded.registration_number, scopes = excluded.scopes,
                                token_salt = excluded.token_salt, token_fingerprint = excluded.token_fingerprint,
                                verified_at = now(), refused_code = null, refused_at = null,
                                paused_by = nullif(company.paused_by, 'TOKEN_REMOVED')
                        where company.alias = excluded.alias""")
                .param("id", identity.companyId())
                .param("alias", alias)
                .param("name", storable(identity.name()))
                .param("number", storable(identity.registrationNumber()))
                .param("scopes", identity.scopes().names().toArray(String[]::new))
                .param("salt", fingerprint.salt())
                .param("fingerprint", fingerprint.digest())
                .update() == 1;
    }

    /**
     * Refuses a company whose token file is there: it does not count as removed.
     *
     * @return whether this is news: the same refusal again changes nothing, not even its time
     */
    boolean refuse(long id, String code) {
        return jdbc.sql("""
                        update pennylane_sync.company set refused_code = :code, refused_at = now(),
                                paused_by = nullif(paused_by, 'TOKEN_REMOVED')
                        where id = :id
                                and (refused_code is distinct from :code or paused_by = 'TOKEN_REMOVED')""")
                .param("id", id).param("code", code).update() == 1;
    }

    /**
     * Pauses a company whose token file is gone, and what was wrong with that token with it.
     *
     * @return whether it was not paused before
     */
    boolean pauseRemoved(long id) {
        return jdbc.sql("""
                        update pennylane_sync.company set paused_by = 'TOKEN_REMOVED', refused_code = null,
                                refused_at = null
                        where id = ? and paused_by is null""").param(id).update() == 1;
    }

    /** An operator's pause also stands for a removal of the token that comes with it. */
    boolean pauseByOperator(String alias) {
        return jdbc.sql("""
                        update pennylane_sync.company set paused_by = 'OPERATOR'
                        where alias = ? and paused_by is distinct from 'OPERATOR'""")
                .param(alias).update() == 1;
    }

    /** @return whether an operator had paused it */
    boolean resume(String alias) {
        return jdbc.sql("update pennylane_sync.company set paused_by = null where alias = ? and paused_by = 'OPERATOR'")
                .param(alias).update() == 1;
    }

    private static Company company(ResultSet row, int number) throws SQLException {
        return new Company(
                row.getLong("id"),
                row.getString("alias"),
                CompanyState.valueOf(row.getString("state")),
                Scopes.of(texts(row.getArray("scopes"))),
                Optional.ofNullable(row.getString("paused_by")).map(Company.CompanyPause::valueOf),
                Optional.ofNullable(row.getString("refused_code")));
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    // PostgreSQL takes no U+0000 and no lone surrogate; a name is for people, so a mark instead of them will do.
    private static String storable(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints()
                .map(point -> point == 0 || Character.getType(point) == Character.SURROGATE ? 0xFFFD : point)
                .forEach(safe::appendCodePoint);
        return safe.toString();
    }
}

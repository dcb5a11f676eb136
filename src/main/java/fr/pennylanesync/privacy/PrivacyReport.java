package fr.pennylanesync.privacy;

import fr.pennylanesync.landing.state.StoredInstant;
import fr.pennylanesync.landing.state.StreamStates;
import fr.pennylanesync.landing.table.StreamTables;
import fr.pennylanesync.personal.PersonalField;
import fr.pennylanesync.personal.Treatment;
import fr.pennylanesync.personal.ValueRule;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Says where personal data of a company lies, of which kind, and since when. */
public final class PrivacyReport {

    /**
     * Says what a field of a stream's records holds.
     *
     * @param treatment by the rules in force
     * @param rows and replaced versions in which something stands there
     * @param since when the first of these rows came
     */
    public record PersonalPlace(String stream, String field, String kind, String treatment, long rows, long versions,
            Optional<Instant> since) {}

    /** Says where something may be that is not in the streams' tables. */
    public record Beside(long setAside, long fileNames, long erasedPersons) {}

    private final JdbcClient jdbc;
    private final StreamStates states;
    private final StreamCatalog catalog;

    public PrivacyReport(JdbcClient jdbc, StreamStates states, StreamCatalog catalog) {
        this.jdbc = jdbc;
        this.states = states;
        this.catalog = catalog;
    }

    /** Returns the places that hold something, by stream and field. */
    public List<PersonalPlace> places(long company) {
        List<PersonalPlace> places = new ArrayList<>();
        StreamTables tables = new StreamTables(jdbc);
        for (StreamDefinition stream : states.withApart(catalog.all()).stream().filter(tables::isThere).toList()) {
            for (PersonalField field : stream.personal().fields()) {
                PersonalPlace place = place(company, stream, field);
                if (place.rows() + place.versions() > 0) {
                    places.add(place);
                }
            }
        }
        return places;
    }

    private PersonalPlace place(long company, StreamDefinition stream, PersonalField field) {
        String held = "jsonb_path_exists(payload, '$" + field.path().stream().map(step -> ".\"" + step + "\"")
                .collect(Collectors.joining()) + " ? (@ != null)')";
        String treatment =
                stream.personal().rule(field.path()).map(ValueRule::treatment).orElse(Treatment.KEEP).label();
        return jdbc.sql("select count(*), min(first_seen_at), (select count(*) from pennylane_sync.record_version"
                + " where company_id = :company and stream = :stream and " + held + ") from "
                + StreamTables.table(stream) + " where company_id = :company and " + held)
                .param("company", company).param("stream", stream.name())
                .query((row, n) -> new PersonalPlace(stream.name(), field.name(), field.description(), treatment,
                        row.getLong(1), row.getLong(3),
                        StoredInstant.of(row, 2)))
                .single();
    }

    /** Counts what may hold personal data beside the tables of the streams. */
    public Beside beside(long company) {
        return jdbc.sql("""
                select (select count(*) from pennylane_sync.quarantine where company_id = :company and raw is not null),
                    (select count(*) from pennylane_sync.file where company_id = :company and file_name is not null),
                    (select count(*) from pennylane_sync.erased_person
                        where company_id = :company and released_at is null)""").param("company", company)
                .query((row, n) -> new Beside(row.getLong(1), row.getLong(2), row.getLong(3))).single();
    }
}

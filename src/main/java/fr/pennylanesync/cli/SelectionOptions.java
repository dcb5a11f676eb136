package fr.pennylanesync.cli;

import fr.pennylanesync.stream.StreamDefinition;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Selects companies and streams that the warehouse knows, for commands that look at what was landed. */
final class SelectionOptions {

    @Option(names = "--company", paramLabel = "ALIAS", description = "Only this company (alias or id); repeatable.")
    private List<String> companies = new ArrayList<>();

    @Option(names = "--stream", paramLabel = "STREAM", description = "Only this stream; repeatable.")
    private List<String> streams = new ArrayList<>();

    /** Names what was selected; nothing named means everything. */
    record Selected(List<Long> companies, List<StreamDefinition> streams) {}

    /**
     * Looks up what was named.
     *
     * @param verb what the command does, for the refusal
     * @throws fr.pennylanesync.failure.SyncException if there is no such company or stream
     */
    Selected of(Host host, String verb) {
        List<Long> ids = host.warehouse().jdbc()
                .sql("select id from pennylane_sync.company where cardinality(:named::text[]) = 0"
                        + " or alias = any(:named::text[]) or id::text = any(:named::text[]) order by id")
                .param("named", companies.toArray(String[]::new)).query(Long.class).list();
        List<StreamDefinition> selected = host.catalog().all().stream()
                .filter(stream -> streams.isEmpty() || streams.contains(stream.name())).toList();
        if (!companies.isEmpty() && ids.isEmpty() || selected.isEmpty()) {
            throw CommandErrorCode
                    .refused("Nothing to " + verb + ": no such company or stream. `status` lists them.");
        }
        return new Selected(ids, selected);
    }

    /** Tells whether no company and no stream was named. */
    boolean isEverything() {
        return companies.isEmpty() && streams.isEmpty();
    }

    /** Returns the names of streams that were given; none means every stream. */
    List<String> streams() {
        return streams;
    }

    /** Names what was selected, in the same words for the same. */
    @Override
    public String toString() {
        return "companies " + companies.stream().sorted().toList() + ", streams " + streams.stream().sorted().toList();
    }
}

package fr.pennylanesync.cli;

import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.terminal.PlainWords;
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

    private record Named(long id, String alias) {

        boolean isMeantBy(String wanted) {
            return alias.equalsIgnoreCase(wanted) || Long.toString(id).equals(wanted);
        }
    }

    /**
     * Looks up what was named.
     *
     * @param verb what the command does, for the refusal
     * @throws fr.pennylanesync.failure.SyncException if there is no such company or stream
     */
    Selected of(Host host, String verb) {
        List<Named> known = host.warehouse().jdbc().sql("select id, alias from pennylane_sync.company order by id")
                .query((row, n) -> new Named(row.getLong(1), row.getString(2))).list();
        companies.forEach(wanted -> requireKnown(verb, wanted, known));
        streams.forEach(wanted -> requireStream(verb, wanted, host.catalog()));
        return new Selected(known.stream()
                .filter(company -> companies.isEmpty() || companies.stream().anyMatch(company::isMeantBy))
                .map(Named::id).toList(),
                host.catalog().all().stream()
                        .filter(stream -> streams.isEmpty() || streams.stream().anyMatch(stream.name()::equals))
                        .toList());
    }

    private static void requireKnown(String verb, String wanted, List<Named> known) {
        if (known.stream().noneMatch(company -> company.isMeantBy(wanted))) {
            throw CommandErrorCode.refused("Nothing to " + verb + ": no company " + wanted + "."
                    + PlainWords.didYouMean(wanted, known.stream().map(Named::alias).toList())
                    + " `companies` lists them.");
        }
    }

    private static void requireStream(String verb, String wanted, StreamCatalog catalog) {
        if (catalog.find(wanted).isEmpty()) {
            throw CommandErrorCode.refused("Nothing to " + verb + ": " + noStream(wanted, catalog));
        }
    }

    /** Returns what is said of a stream that is not there. */
    static String noStream(String wanted, StreamCatalog catalog) {
        return "no stream " + wanted + "."
                + PlainWords.didYouMean(wanted, catalog.all().stream().map(StreamDefinition::name).toList())
                + " `status --all` lists them.";
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

package fr.pennylanesync.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.pennylanesync.stream.StreamDefinition;
import fr.pennylanesync.warehouse.Verification;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Recomputes every hash against the warehouse. */
@Command(name = "verify", description = "Recomputes record, batch and chain hashes against the warehouse. Names every difference.")
final class VerifyCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config;

    @Option(names = "--company", paramLabel = "ALIAS", description = "Only this company (alias or id); repeatable.")
    private List<String> companies = new ArrayList<>();

    @Option(names = "--stream", paramLabel = "STREAM", description = "Only this stream; repeatable.")
    private List<String> streams = new ArrayList<>();

    @Option(names = "--json", description = "For machines.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        try (Host host = Host.open(config.load())) {
            List<Long> ids = host.warehouse().jdbc().sql("select id from pennylane_sync.company where cardinality(:named::text[]) = 0"
                    + " or alias = any(:named::text[]) or id::text = any(:named::text[])").param("named", companies.toArray(String[]::new))
                    .query(Long.class).list();
            List<StreamDefinition> selected = host.catalog().all().stream()
                    .filter(stream -> streams.isEmpty() || streams.contains(stream.name())).toList();
            if (!companies.isEmpty() && ids.isEmpty() || selected.isEmpty()) {
                throw new CommandRefused("Nothing to verify: no such company or stream. `status` lists them.");
            }
            Verification.Result result = new Verification(host.warehouse().jdbc(), host.catalog()).verify(ids, selected);
            print(result);
            return result.differences().isEmpty() ? 0 : PennylaneSync.FAILED;
        }
    }

    private void print(Verification.Result result) throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonMapper.builder().build().writeValueAsString(result));
            return;
        }
        result.differences().forEach(out::println);
        out.printf("%,d rows and %,d batches verified, %d differences%n", result.rows(), result.batches(), result.differences().size());
    }
}

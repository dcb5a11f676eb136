package fr.pennylanesync.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.pennylanesync.archive.s3.ArchiveVerification;
import fr.pennylanesync.archive.s3.S3Archive;
import fr.pennylanesync.verification.Verification;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Recomputes every hash against the warehouse and the archive. */
@Command(name = "verify",
        description = "Recomputes record, batch and chain hashes against the warehouse, and objects against the file "
                + "index."
                + " Names every difference.")
final class VerifyCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config;

    @Mixin
    private SelectionOptions selection;

    @Option(names = "--sample", paramLabel = "N",
            description = "Read and hash N objects of each company, or of each of its streams with"
                    + " --stream, chosen at random (default: all). Of the others presence and size are checked.")
    private Integer sample;

    @Option(names = "--json", description = "Print JSON, for machines.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        if (sample != null && sample < 0) {
            throw new ParameterException(spec.commandLine(), "--sample: 0 or more, not " + sample);
        }
        try (Host host = Host.openToRead(config.load())) {
            SelectionOptions.Selected selected = selection.of(host, "verify");
            List<Long> ids = selected.companies();
            Verification verification =
                    new Verification(host.warehouse(), host.tables().states(), host.catalog());
            Verification.VerificationResult records = selection.isEverything() ? verification.verify()
                    : verification.verify(ids, selected.streams());
            if (!json) {
                print(records);
            }
            ArchiveVerification.ArchiveVerificationResult objects = objects(host, ids);
            print(records, objects);
            return records.differenceCount() == 0 && objects.isGood() ? 0 : PennylaneSync.FAILED;
        }
    }

    private ArchiveVerification.ArchiveVerificationResult objects(Host host, List<Long> ids) {
        JdbcClient jdbc = host.warehouse().jdbc();
        if (!ArchiveVerification.isNeeded(jdbc, ids, selection.streams())) {
            return ArchiveVerification.ArchiveVerificationResult.NOTHING;
        }
        try (S3Archive archive = S3Archive.open(host.settings().archive(), Clock.systemUTC())) {
            return new ArchiveVerification(jdbc, archive).verify(ids, selection.streams(),
                    sample == null ? OptionalInt.empty() : OptionalInt.of(sample));
        }
    }

    private void print(Verification.VerificationResult records) {
        PrintWriter out = spec.commandLine().getOut();
        records.differences().forEach(out::println);
        out.printf(Locale.ROOT, "%,d rows and %,d batches verified, %,d differences%n", records.rows(),
                records.batches(), records.differenceCount());
        out.flush();
    }

    private void print(Verification.VerificationResult records, ArchiveVerification.ArchiveVerificationResult objects)
            throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonMapper.builder().build().writeValueAsString(asJson(records, objects)));
            return;
        }
        objects.differences().forEach(out::println);
        out.printf(Locale.ROOT, "%,d objects verified, %,d of them read; %,d missing, %,d altered, %,d surplus%n",
                objects.objects(),
                objects.rehashed(),
                objects.missing(), objects.altered(), objects.surplus());
    }

    private static Map<String, Object> asJson(Verification.VerificationResult records,
            ArchiveVerification.ArchiveVerificationResult objects) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("rows", records.rows());
        all.put("batches", records.batches());
        all.put("objects", objects.objects());
        all.put("rehashed", objects.rehashed());
        all.put("missing", objects.missing());
        all.put("altered", objects.altered());
        all.put("surplus", objects.surplus());
        all.put("differences", Stream.concat(records.differences().stream(), objects.differences().stream()).toList());
        return all;
    }
}

package fr.pennylanesync.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.pennylanesync.archive.s3.ArchiveVerification;
import fr.pennylanesync.archive.s3.S3Archive;
import fr.pennylanesync.digest.DigestVerification;
import fr.pennylanesync.digest.DigestVerification.DigestVerificationResult;
import fr.pennylanesync.verification.Verification;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

    @Option(names = "--digest", paramLabel = "latest|all|FILE",
            description = "Hold the chains against the newest digest document of the archive, against all of them, or"
                    + " against one that was kept.")
    private String digest;

    @Option(names = "--public-key", paramLabel = "FILE",
            description = "The public keys, in PEM, that signatures are checked by"
                    + " (default: that of this installation).")
    private Path publicKey;

    @Option(names = "--json", description = "Print JSON, for machines.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        checkOptions();
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
            Optional<DigestVerificationResult> anchors = Optional.ofNullable(digest)
                    .map(which -> anchors(host, selected));
            print(records, objects, anchors);
            boolean isGood = records.differenceCount() == 0 && objects.isGood()
                    && anchors.map(DigestVerificationResult::isGood).orElse(true);
            return isGood ? 0 : PennylaneSync.FAILED;
        }
    }

    private void checkOptions() {
        if (sample != null && sample < 0) {
            throw new ParameterException(spec.commandLine(), "--sample: 0 or more, not " + sample);
        }
        if (publicKey != null && digest == null) {
            throw new ParameterException(spec.commandLine(), "--public-key: only together with --digest");
        }
    }

    private DigestVerificationResult anchors(Host host, SelectionOptions.Selected selected) {
        DigestVerification anchors = new DigestVerification(host.settings(), host.warehouse().jdbc(),
                Optional.ofNullable(publicKey), selection.isEverything() ? List.of() : selected.companies(),
                selection.streams());
        if (!List.of("latest", "all").contains(digest)) {
            return anchors.file(Path.of(digest));
        }
        try (S3Archive archive = S3Archive.open(host.settings().archive(), Clock.systemUTC())) {
            return digest.equals("all") ? anchors.all(archive) : anchors.latest(archive);
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

    private void print(Verification.VerificationResult records, ArchiveVerification.ArchiveVerificationResult objects,
            Optional<DigestVerificationResult> anchors) throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonMapper.builder().build().writeValueAsString(asJson(records, objects, anchors)));
            return;
        }
        objects.differences().forEach(out::println);
        out.printf(Locale.ROOT, "%,d objects verified, %,d of them read; %,d missing, %,d altered, %,d surplus%n",
                objects.objects(),
                objects.rehashed(),
                objects.missing(), objects.altered(), objects.surplus());
        anchors.ifPresent(found -> print(out, found));
    }

    private static void print(PrintWriter out, DigestVerificationResult anchors) {
        anchors.differences().forEach(out::println);
        out.printf(Locale.ROOT, "%,d digests verified by %s, %,d heads of streams compared, %,d differences%n",
                anchors.documents(), anchors.trusted() ? "a trusted key" : "the key that they name themselves",
                anchors.heads(), anchors.differenceCount());
        out.flush();
    }

    private static Map<String, Object> asJson(Verification.VerificationResult records,
            ArchiveVerification.ArchiveVerificationResult objects, Optional<DigestVerificationResult> anchors) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("rows", records.rows());
        all.put("batches", records.batches());
        all.put("objects", objects.objects());
        all.put("rehashed", objects.rehashed());
        all.put("missing", objects.missing());
        all.put("altered", objects.altered());
        all.put("surplus", objects.surplus());
        anchors.ifPresent(found -> {
            all.put("digests", found.documents());
            all.put("heads", found.heads());
            all.put("trusted", found.trusted());
        });
        all.put("differences", Stream.of(records.differences(), objects.differences(),
                anchors.map(DigestVerificationResult::differences).orElse(List.of())).flatMap(List::stream).toList());
        return all;
    }
}

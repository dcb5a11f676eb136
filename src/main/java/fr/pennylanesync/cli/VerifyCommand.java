package fr.pennylanesync.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.pennylanesync.activity.RunKind;
import fr.pennylanesync.archive.s3.ArchiveVerification;
import fr.pennylanesync.archive.s3.ArchiveVerification.ArchiveVerificationResult;
import fr.pennylanesync.archive.s3.S3Archive;
import fr.pennylanesync.digest.DigestVerification;
import fr.pennylanesync.digest.DigestVerification.DigestVerificationResult;
import fr.pennylanesync.runtime.NotedRun;
import fr.pennylanesync.settings.Settings;
import fr.pennylanesync.verification.Verification;
import fr.pennylanesync.verification.Verification.VerificationResult;
import fr.pennylanesync.verification.VerificationJournal;
import fr.pennylanesync.verification.VerificationProgress;
import fr.pennylanesync.verification.VerificationScope;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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

    private static final int DATE_LENGTH = "2026-01-31".length();

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

    @Option(names = "--since", paramLabel = "TIME",
            description = "Look only at what was landed since then: a date (UTC) or an instant. The report says what"
                    + " was left out; every chain of files is followed in any case.")
    private String since;

    @Option(names = "--resume", paramLabel = "FILE",
            description = "Note in FILE which streams are verified, and go on behind those that it names already. It"
                    + " goes when everything is verified.")
    private Path resume;

    @Option(names = "--json", description = "Print JSON, for machines.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws JsonProcessingException {
        checkOptions();
        Optional<Instant> from = Optional.ofNullable(since).map(this::instant);
        try (Host host = Host.openToRead(config.load())) {
            SelectionOptions.Selected selected = selection.of(host, "verify");
            Optional<VerificationJournal> journal = Optional.ofNullable(resume)
                    .map(file -> VerificationJournal.open(file, Clock.systemUTC(), warehouse(host), what(from)));
            try {
                VerifyReport report = noting(host, selected, () -> verify(host, selected, from, journal));
                journal.ifPresent(VerificationJournal::done);
                print(report);
                return report.isGood() ? 0 : PennylaneSync.FAILED;
            } finally {
                journal.ifPresent(VerificationJournal::close);
            }
        }
    }

    /** Notes what stands for a whole company, or for everything: what left something out is no proof of it. */
    private VerifyReport noting(Host host, SelectionOptions.Selected selected, Supplier<VerifyReport> work) {
        boolean whole = selection.streams().isEmpty() && since == null;
        if (!whole || !selection.isEverything() && selected.companies().size() != 1) {
            return work.get();
        }
        OptionalLong company = selection.isEverything() ? OptionalLong.empty()
                : OptionalLong.of(selected.companies().get(0));
        return NotedRun.noting(host.warehouse().jdbc(), RunKind.VERIFY, company, "", work, VerifyReport::result);
    }

    private VerifyReport verify(Host host, SelectionOptions.Selected selected, Optional<Instant> from,
            Optional<VerificationJournal> journal) {
        VerificationResult records = records(host, selected,
                new VerificationScope(from, journal, new VerificationProgress()));
        Optional<Instant> resumed = journal.flatMap(VerificationJournal::first);
        if (!json) {
            VerifyReport.print(spec.commandLine().getOut(), records, from, resumed);
        }
        return new VerifyReport(records, from, resumed, objects(host, selected.companies(), from),
                Optional.ofNullable(digest).map(which -> anchors(host, selected)));
    }

    private VerificationResult records(Host host, SelectionOptions.Selected selected, VerificationScope scope) {
        Verification verification =
                new Verification(host.warehouse(), host.tables().states(), host.catalog(), scope);
        try (VerifyProgress shown = VerifyProgress.start(scope.progress())) {
            return selection.isEverything() ? verification.verify()
                    : verification.verify(selected.companies(), selected.streams());
        }
    }

    private static UUID warehouse(Host host) {
        return host.warehouse().jdbc().sql("select id from pennylane_sync.warehouse").query(UUID.class).single();
    }

    /** Two verifications of the same may share a file. */
    private String what(Optional<Instant> from) {
        return selection + from.map(instant -> " since " + instant).orElse("");
    }

    private Instant instant(String text) {
        try {
            return text.length() > DATE_LENGTH ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException refused) {
            throw new ParameterException(spec.commandLine(),
                    "--since: a date such as 2026-01-31, or an instant such as 2026-01-31T08:00:00Z, not " + text);
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

    /** Opens the archive where something is in it, or may be; all of it is looked at where everything is. */
    private ArchiveVerificationResult objects(Host host, List<Long> ids, Optional<Instant> from) {
        JdbcClient jdbc = host.warehouse().jdbc();
        Settings.Archive settings = host.settings().archive();
        boolean mayHold = selection.isEverything()
                && (settings.s3().bucket().isPresent() || Files.exists(settings.directory()));
        if (!mayHold && !ArchiveVerification.isNeeded(jdbc, ids, selection.streams())) {
            return ArchiveVerificationResult.NOTHING;
        }
        OptionalInt read = sample == null ? OptionalInt.empty() : OptionalInt.of(sample);
        try (S3Archive archive = S3Archive.open(settings, Clock.systemUTC())) {
            ArchiveVerification verification = new ArchiveVerification(jdbc, archive, from);
            return selection.isEverything() ? verification.verifyAll(ids, read)
                    : verification.verify(ids, selection.streams(), read);
        }
    }

    private void print(VerifyReport report) throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonMapper.builder().build().writeValueAsString(report.json()));
            out.flush();
        } else {
            report.printRest(out);
        }
    }
}

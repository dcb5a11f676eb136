package fr.pennylanesync.doctor;

import fr.pennylanesync.archive.s3.ArchiveErrorCode;
import fr.pennylanesync.archive.s3.S3Archive;
import fr.pennylanesync.doctor.Finding.Level;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.settings.Settings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The archive: whether its settings are plausible, and whether its bucket answers, or its directory can be written. */
final class ArchiveCheck {

    private static final String AREA = "archive";
    private static final Set<String> LOOPBACK_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");
    /** Amazon documents: 3 to 63 characters, lower case, digits, dots and hyphens. */
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    private final Settings.Archive settings;

    ArchiveCheck(Settings.Archive settings) {
        this.settings = settings;
    }

    List<Finding> run() {
        Optional<String> bucket = settings.s3().bucket();
        if (bucket.isEmpty()) {
            return List.of(embedded());
        }
        List<Finding> findings = new ArrayList<>();
        if (!BUCKET.matcher(bucket.get()).matches()) {
            findings.add(Finding.fault(AREA, "archive.s3.bucket is no name that a bucket can have",
                    "use 3 to 63 of a-z, 0-9, . and -"));
        }
        if (bucket.get().contains(".") && !settings.s3().pathStyle() && !isPlain()) {
            findings.add(Finding.warning(AREA, "a bucket with a dot in its name has no TLS certificate of its own",
                    "set archive.s3.path-style=true, or use a bucket without a dot"));
        }
        if (isPlain() && settings.s3().endpoint().map(URI::getHost).filter(LOOPBACK_HOSTS::contains).isEmpty()) {
            findings.add(Finding.warning(AREA, "files travel in the clear to archive.s3.endpoint", "use https"));
        }
        if (findings.stream().noneMatch(finding -> finding.level() == Level.FAULT)) {
            findings.add(ask());
        }
        return findings;
    }

    /** The server makes its directory when the first file comes. */
    private Finding embedded() {
        Path nearest = settings.directory().toAbsolutePath();
        while (!Files.exists(nearest)) {
            nearest = nearest.getParent();
        }
        return Files.isDirectory(nearest) && Files.isWritable(nearest)
                ? Finding.good(AREA, "embedded, in " + settings.directory())
                : Finding.fault(AREA, ArchiveErrorCode.EMBEDDED_S3_DIRECTORY_UNUSABLE + ": " + nearest,
                        ArchiveErrorCode.EMBEDDED_S3_DIRECTORY_UNUSABLE.remedy());
    }

    private Finding ask() {
        try (S3Archive archive = S3Archive.open(settings, Clock.systemUTC())) {
            archive.requireConditionalWrites();
            return Finding.good(AREA,
                    "the bucket answers" + settings.retention().map(period -> " and locks objects").orElse(""));
        } catch (SyncException refused) {
            return Finding.fault(AREA, refused.code().name(), refused.code().explanation());
        }
    }

    private boolean isPlain() {
        return settings.s3().endpoint().map(URI::getScheme).filter("http"::equals).isPresent();
    }
}

package fr.pennylanesync.logging;

import java.util.Optional;
import org.slf4j.event.Level;

/** Declares the events of the archive of files. */
@Event.Topic("Archive")
public sealed interface ArchiveEvent extends Event {

    @Declared(
            level = Level.INFO,
            means = "The files of a stream that were due were tried; if `finished` is false, some "
                    + "were left for the next run.")
    record ArchivePassEnded(long company, String stream, long batches, long requests, boolean finished)
            implements ArchiveEvent {}

    @Declared(
            level = Level.ERROR,
            means = "The files of a stream cannot be archived; they stay pending.",
            action = "Do what `message` says.")
    record ArchiveStopped(long company, Optional<String> stream, String code, String message) implements ArchiveEvent {}

    @Declared(
            level = Level.WARN,
            means = "The bucket does not answer, at start or later; it is waited for and files stay pending.",
            action = "Check the archive if it goes on.")
    record ArchiveAway(String code, String message) implements ArchiveEvent {}

    @Declared(level = Level.INFO, means = "The bucket answers again, after `after_s` seconds.")
    record ArchiveBack(long afterS) implements ArchiveEvent {}

    @Declared(level = Level.INFO, means = "A digest document was signed, stored in the archive and read back.")
    record DigestStored(long sequence, String root) implements ArchiveEvent {}

    @Declared(
            level = Level.WARN,
            means = "A digest document was stored without the time stamp of `digest.tsa-url`; the next one is asked for"
                    + " with the next document, and binds this one too.",
            action = "Do what `message` says if it goes on.")
    record DigestNotStamped(String code, String message) implements ArchiveEvent {}

    @Declared(
            level = Level.ERROR,
            means = "No digest document could be made or stored; the next job tries again.",
            action = "Do what `message` says; until then nothing outside the database vouches for what lands.")
    record DigestNotMade(String code, String message) implements ArchiveEvent {}

    @Declared(level = Level.INFO, means = "The embedded S3 was started.")
    record ArchiveEmbeddedStarted(long port) implements ArchiveEvent {}

    @Declared(level = Level.INFO, means = "The embedded S3 was stopped.")
    record ArchiveEmbeddedClosed() implements ArchiveEvent {}

    @Declared(
            level = Level.INFO,
            means = "The empty object by which conditional writes were tried could not be deleted.",
            action = "Nothing, or grant s3:DeleteObject for it: it does no harm.")
    record ArchiveProbeLeft(String code) implements ArchiveEvent {}
}

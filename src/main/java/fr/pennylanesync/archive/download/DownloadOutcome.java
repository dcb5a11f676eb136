package fr.pennylanesync.archive.download;

import fr.pennylanesync.hash.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Says how a download ended. Nothing in it tells where the file came from. */
public sealed interface DownloadOutcome {

    /** Returns why there is no file; empty where there is one. */
    default Optional<DownloadCode> failure() {
        return Optional.empty();
    }

    /** The temporary file of this outcome, where it has one. */
    default Optional<Path> temporary() {
        return Optional.empty();
    }

    /** Deletes the temporary file, if there is one. */
    default void discard() {
        try {
            if (temporary().isPresent()) {
                Files.deleteIfExists(temporary().get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Means that as many bytes arrived as were announced, and nobody has looked at them yet: see {@link ContentCheck}.
     *
     * @param file a temporary file: whoever takes it deletes it, see {@link #discard}
     */
    record Received(Path file, long size, Sha256 hash) implements DownloadOutcome {

        @Override
        public Optional<Path> temporary() {
            return Optional.of(file);
        }
    }

    /**
     * The file is here, whole and of the right type.
     *
     * @param file a temporary file: whoever takes it deletes it, see {@link #discard}
     * @param extension for its object key
     * @param strict for a PDF whether it also keeps the format to the letter; many good ones do not
     */
    record Fetched(Path file, long size, Sha256 hash, String contentType, String extension, boolean strict)
            implements DownloadOutcome {

        @Override
        public Optional<Path> temporary() {
            return Optional.of(file);
        }
    }

    /** There is no file. */
    sealed interface NoFile extends DownloadOutcome {

        DownloadCode code();

        @Override
        default Optional<DownloadCode> failure() {
            return Optional.of(code());
        }
    }

    /** The URL is no longer good: a fresh one may be. */
    record Stale(DownloadCode code) implements NoFile {}

    /** Something arrived that is not the file. */
    record Damaged(DownloadCode code) implements NoFile {}

    /** Tells that what arrived exhausts whoever looks into it: people may look at it with care. */
    record Suspect(DownloadCode code) implements NoFile {}

    /** The URL leads where no file of Pennylane can be. */
    record DownloadRefused(DownloadCode code) implements NoFile {}

    /** The file is larger than the limit. */
    record TooLarge(DownloadCode code) implements NoFile {}

    /** The source does not answer, or says that it cannot now. */
    record DownloadUnavailable(DownloadCode code) implements NoFile {}
}

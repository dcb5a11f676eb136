package fr.pennylanesync.verification;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.pennylanesync.failure.SyncException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The file in which a verification notes each company's stream that it has ended with, so that another one goes on
 * where it was interrupted. A line that was not written to its end counts as none. The file goes once everything is
 * verified.
 */
public final class VerificationJournal implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int FORMAT = 1;

    /** The first line: what is verified. */
    private record Head(int format, UUID warehouse, String selection) {}

    /** A part that is verified, as a line. */
    private record Line(long company, String stream, String endedAt, long rows, long batches, long rowsLeftOut,
            long batchesLeftOut, long count, List<String> differences) {

        static Line of(PartResult part, Instant endedAt) {
            return new Line(part.company(), part.stream(), endedAt.toString(), part.rows(), part.batches(),
                    part.leftOut().rows(), part.leftOut().batches(), part.count(), part.differences());
        }

        PartResult part() {
            return new PartResult(company, stream, rows, batches, new LeftOut(rowsLeftOut, batchesLeftOut), count,
                    differences);
        }
    }

    private record Place(long company, String stream) {}

    private final Path file;
    private final Clock clock;
    private final Map<Place, PartResult> ended = new HashMap<>();
    private Optional<Instant> first = Optional.empty();
    private final BufferedWriter out;

    private VerificationJournal(Path file, Clock clock, Head head) throws IOException {
        this.file = file;
        this.clock = clock;
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        String expected = JSON.writeValueAsString(head);
        if (!lines.isEmpty() && !lines.get(0).equals(expected)) {
            throw unusable(file + " is of another verification");
        }
        lines.stream().skip(1).forEach(this::restore);
        // What stands behind the last whole line is written over.
        this.out = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        append(expected);
        for (String line : lines.stream().skip(1).limit(ended.size()).toList()) {
            append(line);
        }
    }

    /**
     * Opens the file, or makes it.
     *
     * @param selection names companies, streams and times that are verified: another selection needs another file
     * @throws SyncException RESUME_FILE_UNUSABLE if it cannot be written, or is of another verification
     */
    public static VerificationJournal open(Path file, Clock clock, UUID warehouse, String selection) {
        try {
            return new VerificationJournal(file, clock, new Head(FORMAT, warehouse, selection));
        } catch (IOException refused) {
            throw unusable(file + " (" + refused.getClass().getSimpleName() + ")");
        }
    }

    private static SyncException unusable(String why) {
        return new SyncException(VerificationErrorCode.RESUME_FILE_UNUSABLE, why);
    }

    private void restore(String text) {
        try {
            Line line = JSON.readValue(text, Line.class);
            ended.put(new Place(line.company(), line.stream()), line.part());
            first = first.or(() -> Optional.of(Instant.parse(line.endedAt())));
        } catch (JsonProcessingException cutOff) {
            first = first.or(Optional::empty);
        }
    }

    /** Returns when the first of the parts was verified that an earlier run has ended with. */
    public Optional<Instant> first() {
        return first;
    }

    Optional<PartResult> find(VerifiedStream part) {
        return Optional.ofNullable(ended.get(new Place(part.company(), part.stream().name())));
    }

    synchronized PartResult ended(PartResult part) {
        try {
            append(JSON.writeValueAsString(Line.of(part, clock.instant())));
            return part;
        } catch (IOException refused) {
            throw unusable(file + " (" + refused.getClass().getSimpleName() + ")");
        }
    }

    private void append(String line) throws IOException {
        out.write(line);
        out.newLine();
        out.flush();
    }

    /** Deletes the file: everything is verified, and the next one begins anew. */
    public void done() {
        try {
            out.close();
            Files.deleteIfExists(file);
        } catch (IOException refused) {
            throw unusable(file + " (" + refused.getClass().getSimpleName() + ")");
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException refused) {
            throw unusable(file + " (" + refused.getClass().getSimpleName() + ")");
        }
    }
}

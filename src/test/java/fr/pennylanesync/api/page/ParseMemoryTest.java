package fr.pennylanesync.api.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.failure.SyncException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Answers of 60 MB in machines of 96 MB, and what a reservation does beside others. */
class ParseMemoryTest {

    private static final int REFUSED = 10;

    @Test
    void anAnswerThatBecomesTooLargeIsRefusedInsteadOfExhaustingTheMachine() throws Exception {
        Process machine = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError",
                "-Dfile.encoding=UTF-8", "-cp", System.getProperty("java.class.path"), Reader.class.getName())
                .inheritIO().start();
        assertThat(machine.waitFor()).isEqualTo(REFUSED);
    }

    @Test
    void theOrdinaryAnswerNeedsNobodysMemory() {
        ParseMemory memory = new ParseMemory(32 << 20, Duration.ZERO);
        ParseMemory.ParseReservation greedy = memory.reserve("/x");
        add(greedy, (31 << 20) / 2);
        ParseMemory.ParseReservation usual = memory.reserve("/y");
        add(usual, (1 << 20) / 2 - 1);
        greedy.close();
    }

    @Test
    void whatIsGivenBackIsThereForTheNext() {
        ParseMemory memory = new ParseMemory(32 << 20, Duration.ZERO);
        for (int i = 0; i < 3; i++) {
            ParseMemory.ParseReservation one = memory.reserve("/x");
            add(one, 15 << 20);
            one.close();
            one.close();
        }
        assertThatThrownBy(() -> add(memory.reserve("/x"), 17 << 20)).isInstanceOfSatisfying(SyncException.class,
                failure -> assertThat(failure.code()).isEqualTo(ApiErrorCode.MEMORY_EXCEEDED));
    }

    private static void add(ParseMemory.ParseReservation reservation, int bytes) {
        reservation.add(new byte[bytes], 0, bytes);
    }

    /** Reads the answer in four lanes at once. */
    static final class Reader {

        private static final List<String> ITEMS = List.of("[],", "{},", "[[]],", "{\"a\":0},", "[0],", "1.5,", "[1.5],",
                "\"\u00e9\",", "12345678901234,");
        private static final ReadLimits LIMITS =
                new ReadLimits(64L << 20, ParseMemory.ofThisMachine(Duration.ofMillis(100)));
        private static final int LANES = 4;
        private static final int BODY_BYTES = 60 << 20;

        private Reader() {}

        public static void main(String[] none) throws Exception {
            ExecutorService lanes = Executors.newFixedThreadPool(LANES);
            boolean refused = true;
            for (String item : ITEMS) {
                refused &= isRefusedInAllLanes(lanes, item);
            }
            System.exit(refused ? REFUSED : 1);
        }

        private static boolean isRefusedInAllLanes(ExecutorService lanes, String item) throws Exception {
            List<Future<Boolean>> ended =
                    lanes.invokeAll(Collections.nCopies(LANES, () -> isRefused(item)));
            boolean refused = true;
            for (Future<Boolean> one : ended) {
                refused &= one.get();
            }
            return refused;
        }

        private static boolean isRefused(String item) {
            try {
                PageReader.read(body(item), "/x", LIMITS, Deadline.in(Duration.ofMinutes(1)));
                return false;
            } catch (SyncException failure) {
                return failure.code() == ApiErrorCode.MEMORY_EXCEEDED || failure.code() == ApiErrorCode.MEMORY_BUSY;
            }
        }

        private static InputStream body(String item) {
            byte[] block = item.repeat((64 << 10) / item.length()).getBytes(StandardCharsets.UTF_8);
            List<InputStream> parts = new ArrayList<>();
            parts.add(new ByteArrayInputStream("{\"items\":[{\"x\":[".getBytes(StandardCharsets.UTF_8)));
            for (int sent = 0; sent < BODY_BYTES; sent += block.length) {
                parts.add(new ByteArrayInputStream(block));
            }
            return new SequenceInputStream(Collections.enumeration(parts));
        }
    }
}

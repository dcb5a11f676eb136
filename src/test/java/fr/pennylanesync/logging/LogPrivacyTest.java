package fr.pennylanesync.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.pennylanesync.settings.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plants values in real exceptions, events and messages and reads what the shipped logging makes of them. */
class LogPrivacyTest {

    private static final EventLog OURS = EventLog.of(LogPrivacyTest.class);
    /** A logger of our code beside the events, which only a test may use. */
    private static final Logger BARE = LoggerFactory.getLogger("fr.pennylanesync.test");
    private static final Logger FOREIGN = LoggerFactory.getLogger("org.example.Foreign");
    private static final List<String> CANARIES = List.of("canary", "Dupont", "1234.56", "1 234,56", "FR76", "hunter2",
            "marie@", "X-Amz", "invoice-77");

    @TempDir
    Path directory;
    private Path file;

    @BeforeEach
    void logToFile() {
        file = directory.resolve("sync.log");
        Logs.writeTo(Optional.of(file));
    }

    @AfterEach
    void logToStandardError() {
        Logs.writeTo(Optional.empty());
    }

    @Test
    void anEventIsOneLineOfFields() throws Exception {
        OURS.log(new ShareEvent.SharePartitionRead(12, "quotes", "2026-01..2026-04", 100, true));
        JsonNode line = onlyLine();
        assertThat(line.get("event").asText()).isEqualTo("share_partition_read");
        assertThat(line.get("fields")).hasToString("{\"company\":12,\"stream\":\"quotes\","
                + "\"partition\":\"2026-01..2026-04\",\"rows\":100,\"equal\":true}");
        assertThat(line.get("level").asText()).isEqualTo("INFO");
        assertThat(line.get("logger").asText()).isEqualTo("fr.pennylanesync.logging.LogPrivacyTest");
        assertThat(line.get("time").asText()).endsWith("Z");
    }

    @Test
    void aSentenceOfOursIsAFieldAndNotAMessage() throws Exception {
        OURS.log(new ArchiveEvent.ArchiveStopped(12, Optional.of("quotes"), "BUCKET_MISSING",
                "no bucket \"b\": make it"));
        JsonNode line = onlyLine();
        assertThat(line.get("event").asText()).isEqualTo("archive_stopped");
        assertThat(line.get("fields")).hasToString("{\"company\":12,\"stream\":\"quotes\","
                + "\"code\":\"BUCKET_MISSING\",\"message\":\"no bucket \\\"b\\\": make it\"}");
        assertThat(line.has("message")).isFalse();
    }

    @Test
    void aFieldWithoutAValueIsLeftOut() throws Exception {
        OURS.log(new ArchiveEvent.ArchiveStopped(12, Optional.empty(), "UNEXPECTED", null));
        assertThat(onlyLine().get("fields")).hasToString("{\"company\":12,\"code\":\"UNEXPECTED\"}");
    }

    @Test
    void anAliasIsToldOnlyOfACompanyWithoutAnId() throws Exception {
        OURS.log(new CompanyEvent.CompanyRefused(OptionalLong.of(12), Optional.of("dupont"), "TOKEN_REFUSED",
                "renew it"));
        assertThat(onlyLine().get("fields"))
                .hasToString("{\"company\":12,\"code\":\"TOKEN_REFUSED\",\"remedy\":\"renew it\"}");
    }

    @Test
    void theLevelOfALoggerHoldsForItsEvents() {
        OURS.log(new SyncEvent.BatchLanded(12, "quotes", "walk", 1, 100, 100, 0));
        assertThat(file).satisfiesAnyOf(path -> assertThat(path).doesNotExist(),
                path -> assertThat(path).isEmptyFile());
    }

    @Test
    void aHashStaysWholeAndWhatIsNoneDoesNot() throws Exception {
        String hash = "0123456789abcdef".repeat(4);
        OURS.log(new RouteEvent.RoutesLoaded(1, 0, 0, hash));
        OURS.log(new RouteEvent.RoutesLoaded(1, 0, 0, "FR7630006000011234567890189"));
        OURS.log(new RouteEvent.RoutesLoaded(1, 0, 0, "tree=" + hash));
        assertThat(Files.readAllLines(file))
                .extracting(line -> new ObjectMapper().readTree(line).at("/fields/tree").asText())
                .containsExactly(hash, "***", "***");
    }

    @Test
    void aHashOutsideAFieldForHashesIsMaskedAsBefore() throws Exception {
        OURS.log(new RouteEvent.JobFailed("a", "CODE", "0123456789abcdef".repeat(2)));
        assertThat(onlyLine().at("/fields/message").asText()).isEqualTo("***");
    }

    static Stream<Class<?>> everyEvent() {
        return EventDeclaration.topics().stream().flatMap(topic -> EventDeclaration.in(topic).stream())
                .map(EventDeclaration::type);
    }

    @ParameterizedTest
    @MethodSource("everyEvent")
    void whatIsPutIntoATextByMistakeIsMasked(Class<?> event) throws Exception {
        Logger logger = LoggerFactory.getLogger(LogPrivacyTest.class);
        ((ch.qos.logback.classic.Logger) logger).setLevel(ch.qos.logback.classic.Level.DEBUG);
        String mistake =
                "Bearer canary FR76 3000 6000 0112 3456 7890 189 https://files.example/invoice-77?X-Amz-Signature=1"
                        + " marie@exemple.fr password=hunter2 A8f3kQ9zLm2NpX7vBt5RwY1cUe6HgJ4d";

        OURS.log(holding(event, mistake));

        assertNoCanary(1);
        assertThat(Files.readString(file)).doesNotContain("A8f3kQ9zLm2NpX7vBt5RwY1cUe6HgJ4d");
        assertThat(onlyLine().get("fields") == null).isEqualTo(event.getRecordComponents().length == 0);
    }

    private static Event holding(Class<?> event, String text) throws ReflectiveOperationException {
        Map<Class<?>, Object> values = Map.of(String.class, text, Optional.class, Optional.of(text), OptionalLong.class,
                OptionalLong.empty(), long.class, 7L, boolean.class, true);
        Class<?>[] types =
                Arrays.stream(event.getRecordComponents()).map(RecordComponent::getType).toArray(Class<?>[]::new);
        return (Event) event.getDeclaredConstructor(types).newInstance(Arrays.stream(types).map(values::get).toArray());
    }

    @Test
    void whatIsLoggedBesideTheEventsIsMaskedToo() throws Exception {
        BARE.atWarn().addKeyValue("account", "FR76 3000 6000 0112 3456 7890 189").log("file_refused");
        BARE.atWarn().addKeyValue("account", "FR76 3000 6000 0112 3456 7890 189").log("routes_restored");
        BARE.warn("file_refused url={} header={} by={} secret={}", "https://files.example/invoice-77?X-Amz-Signature=1",
                "Bearer canary", "marie@exemple.fr", Secret.of("hunter2"));
        BARE.warn("sentence with password=hunter2 in it");
        assertNoCanary(4);
    }

    @Test
    void aDriversExceptionKeepsItsStateAndLosesItsMessage() throws Exception {
        PSQLException real = new PSQLException(new ServerErrorMessage(
                "SERROR\0C22P02\0Minvalid input syntax for type numeric: \"canary 1234.56\"\0DKey (name)=(Dupont)\0"));
        assertThat(real.getMessage()).contains("canary");
        OURS.log(new ScheduleEvent.SyncFailed(12), new IllegalStateException("Dupont owes 1 234,56", real));
        JsonNode line = onlyLine();
        assertThat(line.get("stack_trace").asText())
                .contains("Caused by: org.postgresql.util.PSQLException [SQLSTATE 22P02]")
                .contains("LogPrivacyTest");
        assertThat(line.get("error").asText()).isEqualTo("java.lang.IllegalStateException");
        assertNoCanary(1);
    }

    @Test
    void aParsersExceptionLosesItsSourceSnippet() throws Exception {
        try {
            new ObjectMapper().readTree("{\"name\": canary Dupont}");
        } catch (IOException real) {
            assertThat(real.getMessage()).contains("canary");
            OURS.log(new ProcessEvent.CommandFailed(), real);
            FOREIGN.error("Failed delivery, caught: " + real, real);
            FOREIGN.error("Failed to read", new IllegalStateException("Dupont", real));
        }
        assertThat(Files.readString(file)).contains("com.fasterxml.jackson.core.JsonParseException");
        assertNoCanary(3);
    }

    @Test
    void suppressedExceptionsAreAsSilent() throws Exception {
        Exception failure = new OurException("batch 7 refused");
        failure.addSuppressed(new PSQLException("canary", PSQLState.UNKNOWN_STATE));
        OURS.log(new RouteEvent.ReloadFailed(), failure);
        assertThat(Files.readString(file)).contains("batch 7 refused").contains("Suppressed: org.postgresql");
        assertNoCanary(1);
    }

    @Test
    void foreignMessagesLoseQuotedValuesAndAmounts() throws Exception {
        FOREIGN.warn("could not store 'canary' of \"Dupont\" Key (name)=(Dupont) amount {} {}",
                new BigDecimal("1234.56"),
                "1 234,56");
        FOREIGN.warn("cut within \"canary");
        FOREIGN.warn("pay FR7630006000011234567890189 see https://x.example/invoice-77?X-Amz-Signature=1");
        FOREIGN.warn("several lines\ncanaryException: canary\nDupont");
        assertThat(Files.readString(file)).contains("could not store ***");
        assertNoCanary(4, "canaryException");
    }

    @Test
    void theWireLogCannotBeTurnedOn() throws Exception {
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger("org.apache.hc"))
                .setLevel(ch.qos.logback.classic.Level.TRACE);
        LoggerFactory.getLogger("org.apache.hc.client5.http.wire").debug("http-outgoing-0 >> canary");
        LoggerFactory.getLogger("org.apache.hc.client5.http.headers").trace("canary");
        LoggerFactory.getLogger("org.apache.camel.x").info("quiet");
        assertThat(file).satisfiesAnyOf(path -> assertThat(path).doesNotExist(),
                path -> assertThat(path).isEmptyFile());
    }

    @Test
    void withoutAFileEventsGoToStandardErrorAndNeverToStandardOutput() {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
            Logs.writeTo(Optional.empty());
            OURS.log(new RouteEvent.RoutesRestored());
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        assertThat(outBytes.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(errBytes.toString(StandardCharsets.UTF_8).lines()).singleElement().asString()
                .contains("\"event\":\"routes_restored\"");
    }

    private JsonNode onlyLine() throws Exception {
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(1);
        return new ObjectMapper().readTree(lines.get(0));
    }

    private void assertNoCanary(int lines, String... harmless) throws Exception {
        String log = Files.readString(file);
        assertThat(log.lines()).hasSize(lines);
        for (String word : harmless) {
            log = log.replace(word, "");
        }
        assertThat(log).doesNotContain(CANARIES);
    }

    private static final class OurException extends Exception {
        OurException(String message) {
            super(message);
        }
    }
}

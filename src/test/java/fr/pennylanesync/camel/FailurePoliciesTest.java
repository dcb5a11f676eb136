package fr.pennylanesync.camel;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.archive.s3.ArchiveErrorCode;
import fr.pennylanesync.checkpoint.CheckpointErrorCode;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.landing.LandingErrorCode;
import fr.pennylanesync.lease.LeaseErrorCode;
import fr.pennylanesync.share.ShareErrorCode;
import fr.pennylanesync.share.StubShare;
import fr.pennylanesync.stream.RouteErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The policies of {@code routes/policies}, as Camel reads them: how often what is tried again, and who is told. */
class FailurePoliciesTest {

    private static final String CANARY = "Boulangerie Canari";
    private static final String ROUTE = """
            - route:
                id: %1$s-caller
                routeConfigurationId: %1$s
                from:
                  uri: direct:%1$s
                  steps:
                    - to:
                        uri: direct:step
            """;
    private static final String STEP_ROUTE = """
            - route:
                id: step
                routeConfigurationId: caller-decides
                from:
                  uri: direct:step
                  steps:
                    - bean:
                        ref: step
                        method: run
            """;

    /** Throws what it is given and counts how often it was asked. */
    public static final class Step {

        private Throwable thrown;
        private int runs;

        public void run() throws Exception {
            runs++;
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (Exception) thrown;
        }
    }

    /** Keeps what a policy told, and what Camel says that was caught. */
    public static final class Told {

        private final List<String> calls = new ArrayList<>();

        public void failed(Exchange exchange) {
            calls.add("failed " + Failure.of(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)).code());
        }

        public boolean isolates() {
            return false;
        }

        public void isolate() {
            calls.add("isolate");
        }

        public void setAside(Exchange exchange) {
            calls.add("setAside");
        }
    }

    /** A warehouse whose transactions begin and cannot be committed. */
    private static final class BrokenCommit extends AbstractPlatformTransactionManager {

        @Override
        protected Object doGetTransaction() {
            return new Object();
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {
            // Nothing to begin.
        }

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            throw new TransactionSystemException(CANARY, new SQLException(CANARY, "08006"));
        }

        @Override
        protected void doRollback(DefaultTransactionStatus status) {
            // Nothing to roll back.
        }
    }

    private static final Step STEP = new Step();
    private static final Told TOLD = new Told();
    private static final Main MAIN = CamelContexts.configured("policies", Map.of(), Set.of("direct"));

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeAll
    static void start() throws Exception {
        MAIN.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport starting) {
                TestSettings.give(starting.getCamelContext(), TestSettings.withoutDelay());
            }
        });
        MAIN.bind("step", STEP);
        MAIN.bind("sync", TOLD);
        MAIN.bind("archive", TOLD);
        MAIN.bind("company", TOLD);
        MAIN.bind("jobFailures", TOLD);
        MAIN.bind("quietRedelivery", new QuietRedelivery());
        MAIN.bind("foreignFailures", new ForeignFailures());
        MAIN.bind("warehouseTransaction", new TransactionPolicy(
                new TransactionTemplate(new BrokenCommit()), () -> () -> {}));
        MAIN.start();
        for (String policy : List.of("caller-decides", "stream-failure", "file-failure", "job-failure")) {
            load(policy + ".yaml", Files.readString(Path.of("routes/policies", policy + ".camel.yaml")));
        }
        load("step.yaml", STEP_ROUTE);
        for (String policy : List.of("stream-failure", "file-failure", "job-failure")) {
            load(policy + "-caller.yaml", ROUTE.formatted(policy));
        }
    }

    @AfterAll
    static void stop() {
        MAIN.stop();
    }

    @BeforeEach
    void listen() {
        STEP.runs = 0;
        TOLD.calls.clear();
        log.start();
        root().addAppender(log);
    }

    @AfterEach
    void detach() {
        root().detachAppender(log);
    }

    static Stream<Arguments> streams() {
        SQLException cut = new SQLException(CANARY, "08006");
        SyncException busy = new SyncException(ShareErrorCode.SHARE_BUSY);
        return Stream.of(
                retried(new SyncException(ApiErrorCode.SERVER_ERROR), 8, "failed SERVER_ERROR"),
                retried(new SyncException(LeaseErrorCode.COMPANY_LEASE_LOST), 8, "failed COMPANY_LEASE_LOST"),
                retried(new SyncException(ApiErrorCode.TOKEN_REFUSED), 0, "failed TOKEN_REFUSED"),
                retried(busy, 5, "failed SHARE_BUSY"),
                retried(busy.withoutRetry(), 0, "failed SHARE_BUSY"),
                retried(cut, 5, "failed SHARE_CUT"),
                retried(new SQLException(CANARY, "42601"), 0, "failed SHARE_QUERY_FAILED"),
                retried(new SyncException(LandingErrorCode.READ_BACK_DIFFERS), 3, "setAside",
                        "failed READ_BACK_DIFFERS"),
                retried(new SyncException(RouteErrorCode.ROUTES_EXCHANGED), 0, "failed ROUTES_EXCHANGED"),
                retried(new SyncException(CheckpointErrorCode.CHECKPOINT_MOVED), 0, "failed CHECKPOINT_MOVED"),
                retried(new CannotAcquireLockException(CANARY, cut), 3, "failed WAREHOUSE_REFUSED"),
                retried(new CannotCreateTransactionException(CANARY, cut), 3, "failed WAREHOUSE_REFUSED"),
                retried(new DataIntegrityViolationException(CANARY, cut), 0, "failed WAREHOUSE_REFUSED"),
                retried(new IllegalStateException(CANARY), 0, "failed UNEXPECTED"),
                retried(new AssertionError(CANARY), 0, "failed UNEXPECTED"));
    }

    private static Arguments retried(Throwable thrown, int times, String... calls) {
        return Arguments.of(thrown, times, List.of(calls));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void aStreamTriesAgainWhatMayPass(Throwable thrown, int retries, List<String> calls) {
        Exchange ended = run("stream-failure", thrown);

        assertThat(STEP.runs).isEqualTo(1 + retries);
        assertThat(TOLD.calls).isEqualTo(calls);
        assertThat(ended.getException()).isNull();
        assertQuiet();
    }

    static Stream<Arguments> files() {
        return Stream.of(
                retried(new SyncException(ApiErrorCode.RATE_LIMITED), 8, "failed RATE_LIMITED"),
                retried(new SyncException(ArchiveErrorCode.UNAVAILABLE), 8, "failed UNAVAILABLE"),
                retried(SdkClientException.create(CANARY), 8, "failed UNAVAILABLE"),
                retried(new CannotAcquireLockException(CANARY), 8, "failed WAREHOUSE_REFUSED"),
                retried(new SyncException(ArchiveErrorCode.REFUSED), 0, "failed REFUSED"),
                retried(new IllegalStateException(CANARY), 0, "failed UNEXPECTED"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void anArchiveRunTriesAgainWhatMayPass(Throwable thrown, int retries, List<String> calls) {
        Exchange ended = run("file-failure", thrown);

        assertThat(STEP.runs).isEqualTo(1 + retries);
        assertThat(TOLD.calls).isEqualTo(calls);
        assertThat(ended.getException()).isNull();
        assertQuiet();
    }

    @Test
    void aJobIsToldAndNotTriedAgain() {
        Exchange ended = run("job-failure", new SyncException(ArchiveErrorCode.UNAVAILABLE));

        assertThat(STEP.runs).isEqualTo(1);
        assertThat(TOLD.calls).containsExactly("failed UNAVAILABLE");
        assertThat(ended.getException()).isNull();
        assertQuiet();
    }

    @Test
    void aCommitThatFailsIsAFailureOfTheWarehouse() throws Exception {
        load("land.yaml", """
                - route:
                    id: land
                    routeConfigurationId: caller-decides
                    from:
                      uri: direct:land
                      steps:
                        - transacted:
                            ref: warehouseTransaction
                        - setBody:
                            constant:
                              expression: landed
                """);

        Exchange ended = MAIN.getCamelContext().createProducerTemplate().send("direct:land", exchange -> {});

        assertThat(ended.getException()).isInstanceOfSatisfying(SyncException.class, failure -> {
            assertThat(failure.is(LandingErrorCode.WAREHOUSE_REFUSED)).isTrue();
            assertThat(failure.retryable()).isTrue();
        });
    }

    @Test
    void anErrorOfTheMachineLeavesTheRoutes() {
        StackOverflowError fatal = new StackOverflowError();

        Exchange ended = run("stream-failure", fatal);

        assertThat(STEP.runs).isEqualTo(1);
        assertThat(TOLD.calls).isEmpty();
        assertThat(ended.getException()).hasRootCause(fatal);
    }

    private Exchange run(String policy, Throwable thrown) {
        STEP.thrown = thrown;
        return MAIN.getCamelContext().createProducerTemplate().send("direct:" + policy, exchange -> {
            if (thrown instanceof SQLException) {
                // Only within a snapshot is a driver's failure one of the share.
                exchange.setVariable(Variables.SNAPSHOT, StubShare.open(() -> {}));
            }
        });
    }

    private static void load(String name, String route) throws Exception {
        Resource resource = ResourceHelper.fromString(name, route);
        PluginHelper.getRoutesLoader(MAIN.getCamelContext()).loadRoutes(resource);
    }

    private void assertQuiet() {
        assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(line -> line.contains("delivery"));
        assertThat(log.list).filteredOn(event -> event.getThrowableProxy() != null).isEmpty();
        assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage).noneMatch(line -> line.contains(CANARY));
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}

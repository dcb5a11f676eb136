package fr.pennylanesync.camel;

import static org.assertj.core.api.Assertions.assertThat;

import fr.pennylanesync.company.CompanyErrorCode;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.outage.Outages;
import fr.pennylanesync.plan.SyncRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What our own route files do from a company's job to the passes of its streams: in which order, in which rounds, and
 * what becomes of the lease on every way out.
 */
class SyncRoutesTest extends StepRoutes {

    private final FakeCompany company = new FakeCompany(calls);
    private final FakeSync sync = new FakeSync(calls, new StreamAssignment());
    private final CompanySchedule schedule = new CompanySchedule();

    @Override
    Set<String> started() {
        return Set.of("sync-companies", "sync-company", "sync-stream");
    }

    @Override
    void clear() {
        company.clear();
        sync.clear();
    }

    @Override
    void bind(Registry beans) {
        beans.bind("company", company);
        beans.bind("books", new FakeBooks(calls, "books"));
        beans.bind("rereads", new FakeBooks(calls, "rereads"));
        beans.bind("sync", sync);
        beans.bind("jobFailures", new JobFailures(new Outages()));
        beans.bind("company-schedule", schedule);
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                for (String stream : List.of("quotes", "products", "appendices")) {
                    from("direct:" + stream).errorHandler(noErrorHandler())
                            .process(exchange -> calls.call("stream " + stream)).to("direct:sync-stream");
                }
                from("direct:run-pass").errorHandler(noErrorHandler()).process(exchange -> {
                    exchange.getVariable(Variables.PLAN, FakeSync.FakePlan.class).done();
                    calls.call("pass of " + Variables.streamName(exchange));
                });
            }
        };
    }

    @Test
    void theStepsOfASyncComeInTheirOrder() {
        run();

        assertThat(calls.made()).containsExactly("acquireLease", "confirm", "introduceChildren", "hasNext", "streams",
                "stream quotes", "plan quotes", "pass of quotes", "pass of quotes", "children quotes", "books ask",
                "rereads ask", "hasNext", "rereads tell", "books tell", "end", "releaseLease");
    }

    @Test
    void childrenComeAfterTheirParent() {
        sync.children = Map.of("quotes", List.of("appendices"));

        run();

        assertThat(calls.made()).containsSubsequence("pass of quotes", "pass of quotes", "children quotes",
                "stream appendices", "plan appendices", "pass of appendices", "pass of appendices", "hasNext", "end");
    }

    @Test
    void furtherRoundsReadWhatBecameDue() {
        company.rounds = List.of(List.of("quotes", "products"), List.of("products"), List.of("quotes"));

        run();

        assertThat(calls.count("stream quotes")).isEqualTo(2);
        assertThat(calls.count("stream products")).isEqualTo(2);
        assertThat(calls.count("hasNext")).isEqualTo(4);
        assertThat(calls.count("books ask")).as("in each round").isEqualTo(3);
        assertThat(calls.made()).endsWith("hasNext", "rereads tell", "books tell", "end", "releaseLease");
    }

    @Test
    void aRoundWithoutStreamsEndsToo() {
        company.rounds = List.of(List.of());

        run();

        assertThat(calls.made()).endsWith("streams", "books ask", "rereads ask", "hasNext", "rereads tell",
                "books tell", "end", "releaseLease");
    }

    @Test
    void withoutTheLeaseNothingIsRead() {
        company.leased = false;

        run();

        assertThat(calls.made()).containsExactly("acquireLease", "releaseLease");
    }

    @ParameterizedTest
    @ValueSource(strings = {"acquireLease", "confirm", "introduceChildren", "hasNext", "streams", "books ask",
            "books tell", "end"})
    void theLeaseIsGivenBackAndTheFailureToldOnEveryWayOut(String step) {
        SyncException failure = new SyncException(CompanyErrorCode.COMPANY_NOT_ACTIVE);
        calls.fail(step, failure);

        run();

        assertThat(calls.count(step)).as("not tried again").isEqualTo(1);
        // Camel asks the condition of a loop once more after a failure within it.
        assertThat(calls.made()).containsSubsequence(step, "failed").endsWith("failed", "releaseLease");
        assertThat(calls.told()).singleElement().isSameAs(failure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"confirm", "streams", "end"})
    void theLeaseIsGivenBackAfterAnErrorToo(String step) {
        calls.fail(step, new StackOverflowError());

        run();

        // Camel asks the condition of a loop once more after a failure within it.
        assertThat(calls.made()).containsSubsequence(step, "failed").endsWith("failed", "releaseLease");
        assertThat(calls.told()).singleElement()
                .satisfies(told -> assertThat(told).hasRootCauseInstanceOf(StackOverflowError.class));
    }

    @Test
    void aCompanyThatIsNotConfirmedIsNotRead() {
        calls.fail("confirm", new SyncException(CompanyErrorCode.COMPANY_NOT_ACTIVE));

        run();

        assertThat(calls.made()).doesNotContain("hasNext", "streams", "stream quotes", "end");
    }

    @Test
    void aLeaseThatCannotBeGivenBackIsAFailureOfTheCaller() {
        calls.fail("releaseLease", new IllegalStateException("a fault"));

        Exchange ended = send("sync-company", exchange -> {});

        assertThat(calls.made()).endsWith("end", "releaseLease");
        assertThat(ended.getException()).hasMessage("a fault");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan quotes", "pass of quotes", "children quotes"})
    void aStreamThatFailsSaysSoAndLeavesTheOthersAndTheEnd(String step) {
        company.rounds = List.of(List.of("quotes", "products"));
        calls.fail(step, new IllegalStateException("a fault"));

        run();

        assertThat(calls.count(step)).isEqualTo(1);
        assertThat(calls.count("failed")).isEqualTo(1);
        assertThat(calls.count("pass of products")).isEqualTo(2);
        assertThat(calls.made()).endsWith("end", "releaseLease");
    }

    @Test
    void aStopEndsTheRoundsAndTheLeaseIsGivenBack() {
        company.rounds = List.of(List.of("quotes"), List.of("quotes"));
        calls.once("stream quotes", () -> stop("sync-company", "sync-company-rounds"));

        run();

        assertThat(calls.count("streams")).as("no further round").isEqualTo(1);
        assertThat(calls.made()).endsWith("releaseLease");
    }

    @Test
    void aStopLetsTheStreamEndItsPassAndBeginNoOther() {
        calls.once("pass of quotes", () -> stop("sync-stream", "sync-stream-passes"));

        run();

        assertThat(calls.count("pass of quotes")).isEqualTo(1);
        assertThat(calls.made()).endsWith("releaseLease");
    }

    @Test
    void theJobBeginsTheSyncOfTheCompanyThatIsDue() {
        schedule.fire(7, SyncRequest.forMonths(List.of()), Duration.ZERO);

        assertThat(calls.made()).startsWith("acquireLease", "confirm").endsWith("end", "releaseLease");
    }

    private void run() {
        Exchange ended = send("sync-company", exchange -> {});
        assertThat(ended.getException()).as("everything is told where it happens").isNull();
    }
}

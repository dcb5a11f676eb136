package fr.pennylanesync.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fr.pennylanesync.api.page.ExactJson;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.ReadLimits;
import fr.pennylanesync.failure.SyncException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.spi.Registry;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The one route to Pennylane, over a real connection: what goes out, what comes back, and what an answer becomes. */
class ReadPageRouteTest extends StepRoutes {

    private static final String PAGE = """
            {"items": [{"id": 1, "amount": 0.10}], "has_more": false, "next_cursor": null}""";
    private static final int LIMIT_BYTES = 500;

    /** A request as it arrived. */
    private record Arrived(String method, String target, Headers headers) {}

    private static final List<Arrived> ARRIVED = new CopyOnWriteArrayList<>();
    private static HttpServer server;
    private static volatile int status;
    private static volatile String body;

    private FakeLane lane;

    @BeforeAll
    static void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", ReadPageRouteTest::answer);
        server.start();
    }

    @AfterAll
    static void hangUp() {
        server.stop(0);
    }

    private static void answer(HttpExchange call) throws IOException {
        try (call) {
            ARRIVED.add(new Arrived(call.getRequestMethod(), call.getRequestURI().toString(),
                    call.getRequestHeaders()));
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            call.getResponseHeaders().add("X-Answered", "yes");
            call.getResponseHeaders().add("Location", "/elsewhere");
            call.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            call.getResponseBody().write(bytes);
        }
    }

    @Override
    Set<String> started() {
        return Set.of("read-page");
    }

    @Override
    void bind(Registry beans) {
        beans.bind("page", new PageSteps(new ReadLimits(LIMIT_BYTES), Duration.ofSeconds(10)));
        beans.bind("exactJson", ExactJson.MAPPER);
        beans.bind("pennylaneHttp", (HttpClientConfigurer) HttpClientBuilder::disableAutomaticRetries);
    }

    @Override
    Properties properties() {
        Properties properties = super.properties();
        properties.setProperty("pennylane.base-url", "http://localhost:" + server.getAddress().getPort() + "/v2");
        return properties;
    }

    @Override
    void clear() {
        lane = new FakeLane(calls, 1);
        ARRIVED.clear();
        status = 200;
        body = PAGE;
    }

    @Test
    void thePositionBecomesARequestAndTheAnswerAPage() {
        Exchange ended = read();

        assertThat(ended.getException()).isNull();
        assertThat(ARRIVED).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("GET");
            assertThat(request.target()).isEqualTo("/v2/quotes?limit=100&sort=id");
        });
        assertThat(ended.getMessage().getBody()).isInstanceOfSatisfying(Page.class,
                page -> assertThat(page.items()).singleElement()
                        .hasToString("{\"id\":1,\"amount\":0.10}"));
    }

    @Test
    void headersFromElsewhereDoNotGoOut() {
        send("read-page", exchange -> {
            exchange.setVariable(Variables.LANE, lane);
            exchange.getMessage().setHeader("Authorization", "Bearer x");
            exchange.getMessage().setHeader("X-Elsewhere", "x");
            exchange.getMessage().setHeader(Exchange.HTTP_URI, "http://localhost:1/elsewhere");
            exchange.getMessage().setHeader(Exchange.HTTP_METHOD, "DELETE");
            exchange.getMessage().setBody("a body");
        });

        assertThat(ARRIVED).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("GET");
            assertThat(request.target()).startsWith("/v2/quotes?");
            assertThat(request.headers()).doesNotContainKeys("Authorization", "X-elsewhere", "Content-type");
            assertThat(request.headers().getFirst("X-Sync-Company")).isEqualTo("1");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 500})
    void headersOfAnAnswerStayNoLongerThanTheStep(int answered) {
        status = answered;
        lane.tolerant = true;

        Exchange ended = send("read-page", exchange -> {
            exchange.setVariable(Variables.LANE, lane);
            exchange.getMessage().setHeader(Exchange.REDELIVERY_COUNTER, 2);
        });

        assertThat(ended.getException()).isNull();
        assertThat(ended.getMessage().getHeaders()).containsOnlyKeys(Exchange.REDELIVERY_COUNTER);
    }

    @ParameterizedTest
    @CsvSource({"400,BAD_REQUEST", "401,TOKEN_REFUSED", "403,FORBIDDEN", "404,NOT_FOUND", "429,RATE_LIMITED",
            "500,SERVER_ERROR", "503,SERVER_ERROR", "302,UNEXPECTED_STATUS", "204,UNEXPECTED_STATUS"})
    void anotherStatusIsAFailureWithAName(int answered, String code) {
        status = answered;
        body = answered == 204 ? "" : PAGE;

        assertFailure(code);
        assertThat(ARRIVED).as("neither followed nor asked again").hasSize(1);
        assertThat(calls.made()).containsExactly("tolerates " + code);
    }

    @Test
    void whatTheLaneToleratesHasNoPage() {
        status = 404;
        lane.tolerant = true;

        Exchange ended = read();

        assertThat(ended.getException()).isNull();
        assertThat(ended.getMessage().getBody()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{\"items\": [|NOT_JSON", "<html>|NOT_JSON", "''|NOT_JSON",
            "{\"items\": 1}|NOT_AN_ENVELOPE", "[]|NOT_AN_ENVELOPE"})
    void anAnswerThatIsNoPageIsAFailureWithAName(String answer, String code) {
        body = answer;

        assertFailure(code);
    }

    @Test
    void anAnswerBeyondTheLimitIsNotRead() {
        body = PAGE.replace("0.10", "0." + "1".repeat(LIMIT_BYTES));

        assertFailure("BODY_TOO_LARGE");
    }

    @Test
    void aBatchThatWasReadAndNotLandedIsReadAgainFromTheSource() {
        lane.batchReady = true;

        read();

        assertThat(calls.made()).containsExactly("restartBatch");
        assertThat(ARRIVED).hasSize(1);
    }

    private void assertFailure(String code) {
        assertThat(read().getException()).isInstanceOfSatisfying(SyncException.class,
                failure -> assertThat(failure.code().name()).isEqualTo(code));
    }

    private Exchange read() {
        return send("read-page", exchange -> exchange.setVariable(Variables.LANE, lane));
    }
}

package fr.pennylanesync.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fr.pennylanesync.api.budget.BudgetSettings;
import fr.pennylanesync.api.budget.Priority;
import fr.pennylanesync.api.budget.RateBudgets;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.api.page.Page;
import fr.pennylanesync.api.page.PageRequest;
import fr.pennylanesync.company.CompanyErrorCode;
import fr.pennylanesync.failure.ErrorCode;
import fr.pennylanesync.failure.SyncException;
import fr.pennylanesync.settings.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PennylaneTransportTest {

    private static final String PAGE = "{\"items\":[{\"id\":1}],\"has_more\":false,\"next_cursor\":null}";
    private static final HttpSettings SETTINGS = new HttpSettings(10, Duration.ofSeconds(2), Duration.ofMillis(600),
            Duration.ofSeconds(2), Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofMillis(900));

    private final TestCredentials credentials = new TestCredentials();
    private final RateBudgets budgets = new RateBudgets(new BudgetSettings(1000, Duration.ofSeconds(5), 100));
    private final List<String> metered = new CopyOnWriteArrayList<>();
    private final List<Map<String, List<String>>> seen = new CopyOnWriteArrayList<>();
    private final Deque<Integer> statuses = new ArrayDeque<>();
    private HttpServer server;
    private ApiBase base;
    private PennylaneTransport transport;
    private CloseableHttpClient http;
    private ApiClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::answer);
        server.start();
        base = ApiBase.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/external/v2"));
        credentials.current.put(7L, Secret.of("token-seven"));
        transport = transport(base);
        http = PennylaneHttp.configure(HttpClientBuilder.create(), SETTINGS, transport).build();
        client = new ApiClient(base, SETTINGS, transport);
    }

    @AfterEach
    void stop() throws IOException {
        http.close();
        client.close();
        server.stop(0);
    }

    @Test
    void addsTheTokenAndTakesItsOwnHeadersOff() throws IOException {
        HttpGet get = get("/customers?limit=1");
        get.setHeader(SyncHeaders.PRIORITY, "CHANGES");
        assertThat(execute(get)).isEqualTo(200);
        assertThat(seen).hasSize(1);
        assertThat(seen.get(0)).containsEntry("Authorization", List.of("Bearer token-seven"));
        assertThat(seen.get(0).keySet()).noneMatch(name -> name.toLowerCase().startsWith("x-sync"));
        assertThat(get.containsHeader("Authorization")).isFalse();
        assertThat(metered).containsExactly("7 200");
        assertThat(budgets.of(7).used()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "/api/external/v2", "/api/external/v2/", "/api/external/firm/v1/companies", "/oauth/token", "/",
            "/api/external/v2/../firm", "/api/external/v2/%2e%2e/firm", "/api/external/v2//me", "/api/external/v2/a;b",
            "/api/external/v2x/me", "/api/external/v2/me%2f", "/api/external/v2/./me",
    })
    void sendsNothingBesideTheBasePath(String path) {
        assertRefused(request(base.host().toURI() + path), ApiErrorCode.OUTSIDE_BASE_URL);
    }

    @Test
    void sendsNothingToAnotherPlace() {
        int port = base.host().getPort();
        assertRefused(request("http://localhost:" + port + "/api/external/v2/me"), ApiErrorCode.OUTSIDE_BASE_URL);
        assertRefused(request("http://127.0.0.1:" + (port + 1) + "/api/external/v2/me"), ApiErrorCode.OUTSIDE_BASE_URL);
        assertRefused(request("https://127.0.0.1:" + port + "/api/external/v2/me"), ApiErrorCode.OUTSIDE_BASE_URL);
        HttpGet otherHost = get("/me");
        otherHost.setHeader("Host", "evil.example");
        assertRefused(otherHost, ApiErrorCode.OUTSIDE_BASE_URL);
    }

    @Test
    void refusesARouteThatBringsItsOwnAuthorization() {
        HttpGet get = get("/me");
        get.setHeader("authorization", "Bearer stolen");
        assertRefused(get, ApiErrorCode.AUTHORIZATION_PRESENT);
    }

    @Test
    void wantsExactlyOneCompanyAndAKnownPriority() {
        assertRefused(new HttpGet(base.resolve("/me")), ApiErrorCode.COMPANY_MISSING);
        HttpGet two = get("/me");
        two.addHeader(SyncHeaders.COMPANY, "8");
        assertRefused(two, ApiErrorCode.COMPANY_MISSING);
        HttpGet text = new HttpGet(base.resolve("/me"));
        text.setHeader(SyncHeaders.COMPANY, "seven");
        assertRefused(text, ApiErrorCode.COMPANY_MISSING);
        HttpGet unknown = get("/me");
        unknown.setHeader(SyncHeaders.PRIORITY, "URGENT");
        assertRefused(unknown, ApiErrorCode.PRIORITY_UNKNOWN);
        HttpGet paused = new HttpGet(base.resolve("/me"));
        paused.setHeader(SyncHeaders.COMPANY, "8");
        assertRefused(paused, CompanyErrorCode.COMPANY_NOT_ACTIVE);
    }

    @Test
    void onlyReads() throws IOException {
        assertRefused(forCompany(new HttpPost(base.resolve("/customer_invoices"))), ApiErrorCode.WRITE_REFUSED);
        assertRefused(forCompany(new HttpUriRequestBase("DELETE", base.resolve("/customers/1"))),
                ApiErrorCode.WRITE_REFUSED);
        HttpPost export = forCompany(new HttpPost(base.resolve("/exports/fecs")));
        export.setEntity(new StringEntity("{}"));
        assertThat(execute(export)).isEqualTo(200);
    }

    @Test
    void triesANewerTokenOnceAfterA401() throws IOException {
        statuses.add(401);
        credentials.newer.put(7L, Secret.of("token-newer"));
        assertThat(execute(get("/customers"))).isEqualTo(200);
        assertThat(authorizations()).containsExactly("Bearer token-seven", "Bearer token-newer");
        assertThat(credentials.events).containsExactly("refused 7 token-seven", "accepted 7 token-newer");
        assertThat(budgets.of(7).used()).isEqualTo(2);
        assertThat(metered).containsExactly("7 401", "7 200");
    }

    @Test
    void repeatsTheBodyOfAnExportToo() throws IOException {
        statuses.add(401);
        credentials.newer.put(7L, Secret.of("token-newer"));
        HttpPost export = forCompany(new HttpPost(base.resolve("/exports/fecs")));
        export.setEntity(new StringEntity("{\"period_start\":\"2026-01-01\"}"));
        assertThat(execute(export)).isEqualTo(200);
        assertThat(seen).hasSize(2);
    }

    @Test
    void givesUpWhenNoTokenIsTaken() throws IOException {
        statuses.addAll(List.of(401, 401));
        credentials.newer.put(7L, Secret.of("token-newer"));
        assertThat(execute(get("/customers"))).isEqualTo(401);
        assertThat(seen).hasSize(2);
        assertThat(credentials.events).containsExactly("refused 7 token-seven", "exhausted 7 token-newer");

        statuses.add(401);
        assertThat(execute(get("/customers"))).isEqualTo(401);
        assertThat(seen).hasSize(3);
    }

    @Test
    void followsNoRedirect() throws IOException {
        statuses.add(302);
        assertThat(execute(get("/customers"))).isEqualTo(302);
        assertThat(seen).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"503", "500", "429"})
    void repeatsNothingByItself(int status) throws IOException {
        statuses.add(status);
        assertThat(execute(get("/customers"))).isEqualTo(status);
        assertThat(seen).hasSize(1);
    }

    @Test
    void keepsNoCookie() throws IOException {
        execute(get("/customers"));
        execute(get("/customers"));
        assertThat(seen).hasSize(2).allSatisfy(headers -> assertThat(headers).doesNotContainKey("Cookie"));
    }

    @Test
    void waitsAfterA429ForAllOfTheCompanyAndForNobodyElse() throws IOException {
        statuses.add(429);
        assertThat(execute(get("/customers"))).isEqualTo(429);
        assertRefusedUnsent(get("/suppliers"), ApiErrorCode.BUDGET_WAIT_EXCEEDED);
        credentials.current.put(8L, Secret.of("token-eight"));
        HttpGet other = new HttpGet(base.resolve("/customers"));
        other.setHeader(SyncHeaders.COMPANY, "8");
        assertThat(execute(other)).isEqualTo(200);
    }

    @Test
    void readsPagesAndTypesFailuresThroughTheSmallClient() {
        Page page = client.page(7, Priority.WALK, PageRequest.of("/customers", 1).sortedBy("id"));
        assertThat(page.items()).hasSize(1);
        statuses.add(403);
        SyncException failure = catchThrowableOfType(SyncException.class, () -> client.record(7, Priority.WALK, "/me"));
        assertThat(failure.code()).isEqualTo(ApiErrorCode.FORBIDDEN);
        statuses.add(404);
        assertThatThrownBy(() -> client.record(7, Priority.WALK, "/customers/42"))
                .hasMessageStartingWith("NOT_FOUND: ").hasMessageContaining("/customers/42 (status 404)");
    }

    @Test
    void namesARefusedConnection() {
        int port = server.getAddress().getPort();
        server.stop(0);
        SyncException failure = catchThrowableOfType(SyncException.class, () -> execute(get("/customers")));
        assertThat(failure.code()).isEqualTo(ApiErrorCode.CONNECTION_REFUSED);
        assertThat(failure.getMessage()).doesNotContain(Integer.toString(port));
        assertThat(metered).containsExactly("7 CONNECTION_REFUSED");
    }

    @Test
    void endsADripOfHeaders() throws IOException {
        assertBreaks(ApiErrorCode.TIME_EXCEEDED, (raw, out) -> drip(out, "HTTP/1.1 200 OK\r\nX-Drip: "));
    }

    @Test
    void endsADripOfBody() throws IOException {
        assertBreaks(ApiErrorCode.TIME_EXCEEDED,
                (raw, out) -> drip(out, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{"));
    }

    @Test
    void namesSilence() throws IOException {
        assertBreaks(ApiErrorCode.RESPONSE_TIMEOUT, (raw, out) -> await(2_000));
    }

    @Test
    void namesACutBody() throws IOException {
        assertBreaks(ApiErrorCode.BODY_CUT_SHORT,
                (raw, out) -> RawServer.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"items\":"));
        assertBreaks(ApiErrorCode.BODY_CUT_SHORT,
                (raw, out) -> RawServer.write(out,
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n{\"items\":"));
    }

    @Test
    void namesAReset() throws IOException {
        assertBreaks(ApiErrorCode.CONNECTION_RESET, (raw, out) -> raw.setSoLinger(true, 0));
    }

    @Test
    void namesEndlessHeaders() throws IOException {
        assertBreaks(ApiErrorCode.HEADERS_TOO_LARGE, (raw, out) -> endless(out, "xxxxxxxx"));
        assertBreaks(ApiErrorCode.HEADERS_TOO_LARGE, (raw, out) -> endless(out, "X-Many: 1\r\n"));
    }

    /** Until the client hangs up. */
    private static void endless(OutputStream out, String text) throws IOException {
        RawServer.write(out, "HTTP/1.1 200 OK\r\nX-Endless: ");
        while (true) {
            RawServer.write(out, text.repeat(8192));
        }
    }

    @Test
    void takesOnlySafeBaseUrls() {
        for (String url : List.of("http://app.pennylane.com/api", "ftp://localhost/x",
                "https://u:p@app.pennylane.com/x",
                "https://app.pennylane.com/x?y=1", "https://app.pennylane.com/a/../b", "/relative")) {
            assertThatThrownBy(() -> ApiBase.of(URI.create(url))).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(ApiBase.of(URI.create("https://APP.pennylane.com/api/external/v2/")))
                .isEqualTo(ApiBase.of(URI.create("https://app.pennylane.com:443/api/external/v2")));
    }

    private PennylaneTransport transport(ApiBase target) {
        return new PennylaneTransport(target, credentials, budgets::of, SETTINGS, new RequestMeter() {
            @Override
            public void answered(long companyId, int status) {
                metered.add(companyId + " " + status);
            }

            @Override
            public void failed(long companyId, ErrorCode code) {
                metered.add(companyId + " " + code);
            }
        });
    }

    private void answer(HttpExchange exchange) throws IOException {
        seen.add(new ConcurrentHashMap<>(exchange.getRequestHeaders()));
        exchange.getRequestBody().readAllBytes();
        int status = statuses.isEmpty() ? 200 : statuses.remove();
        exchange.getResponseHeaders().add("Set-Cookie", "session=1; Path=/");
        exchange.getResponseHeaders().add("Location", base.resolve("/elsewhere").toString());
        if (status == 429 || status == 503) {
            exchange.getResponseHeaders().add("Retry-After", "1");
        }
        byte[] body = PAGE.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private List<String> authorizations() {
        List<String> values = new ArrayList<>();
        seen.forEach(headers -> values.addAll(headers.get("Authorization")));
        return values;
    }

    private HttpGet get(String path) {
        return forCompany(new HttpGet(base.resolve(path)));
    }

    private static HttpGet request(String address) {
        return forCompany(new HttpGet(address));
    }

    private static <T extends HttpUriRequestBase> T forCompany(T request) {
        request.setHeader(SyncHeaders.COMPANY, "7");
        return request;
    }

    private int execute(HttpUriRequestBase request) throws IOException {
        return http.execute(request, answer -> {
            EntityUtils.consume(answer.getEntity());
            return answer.getCode();
        });
    }

    private void assertRefused(HttpUriRequestBase request, ErrorCode code) {
        assertRefusedUnsent(request, code);
        assertThat(seen).isEmpty();
    }

    private void assertRefusedUnsent(HttpUriRequestBase request, ErrorCode code) {
        SyncException failure = catchThrowableOfType(SyncException.class, () -> execute(request));
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.getMessage()).doesNotContain("token-", "stolen", "evil");
    }

    private void assertBreaks(ErrorCode code, RawServer.Behaviour behaviour) throws IOException {
        try (RawServer raw = new RawServer(behaviour)) {
            ApiBase target = ApiBase.of(URI.create("http://127.0.0.1:" + raw.port() + "/v2"));
            try (ApiClient direct = new ApiClient(target, SETTINGS, transport(target))) {
                SyncException failure = catchThrowableOfType(
                        SyncException.class, () -> direct.page(7, Priority.WALK, PageRequest.of("/customers", 1)));
                assertThat(failure.code()).isEqualTo(code);
            }
        }
    }

    private static void drip(OutputStream out, String start) throws IOException {
        RawServer.write(out, start);
        for (int drop = 0; drop < 100; drop++) {
            await(50);
            RawServer.write(out, " ");
        }
    }

    private static void await(long ms) {
        LockSupport.parkNanos(Duration.ofMillis(ms).toNanos());
    }
}

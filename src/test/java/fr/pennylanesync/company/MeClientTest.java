package fr.pennylanesync.company;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fr.pennylanesync.api.ApiBase;
import fr.pennylanesync.api.HttpSettings;
import fr.pennylanesync.api.RequestMeter;
import fr.pennylanesync.api.budget.BudgetSettings;
import fr.pennylanesync.api.budget.RateBudgets;
import fr.pennylanesync.api.error.ApiErrorCode;
import fr.pennylanesync.settings.Secret;
import fr.pennylanesync.token.Scopes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeClientTest {

    private static final Secret TOKEN = Secret.of("token-under-test");

    private final RateBudgets budgets = new RateBudgets(BudgetSettings.DOCUMENTED);
    private HttpServer server;
    private MeClient meClient;
    private ApiBase base;
    private volatile int limited;
    private int status = 200;
    private String body =
            "{\"user\":null,\"company\":{\"id\":7,\"name\":\"Canari\",\"reg_no\":null},\"scopes\":[\"customers:all\"]}";
    private String authorization;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v2/me", this::answer);
        server.start();
        base = ApiBase.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v2"));
        meClient = new MeClient(base, HttpSettings.DEFAULT, budgets, RequestMeter.NONE);
    }

    @AfterEach
    void stop() {
        meClient.close();
        server.stop(0);
    }

    @Test
    void namesTheCompanyOfAToken() {
        assertThat(meClient.identify(TOKEN))
                .isEqualTo(new Identification.Known(7, "Canari", "", Scopes.of(List.of("customers:all"))));
        assertThat(authorization).isEqualTo("Bearer token-under-test");
        assertThat(meClient.identify(TOKEN).toString()).doesNotContain("Canari");
    }

    @Test
    void countsInTheCompanysBudgetWhereTheCompanyIsKnown() {
        meClient.identify(TOKEN, OptionalLong.of(7));
        assertThat(budgets.of(7).used()).isEqualTo(1);
        meClient.identify(TOKEN);
        assertThat(budgets.all()).containsOnlyKeys(7L);
    }

    @ParameterizedTest
    @CsvSource({"401, TOKEN_REFUSED", "403, NO_COMPANY", "404, NO_COMPANY"})
    void refusesATokenThatNamesNoCompany(int answered, String code) {
        status = answered;
        assertThat(meClient.identify(TOKEN)).isInstanceOfSatisfying(Identification.TokenNotAccepted.class,
                refused -> assertThat(refused.code().name()).isEqualTo(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"user\":{\"id\":1},\"company\":null,\"scopes\":[]}",
            "{\"user\":{\"id\":1},\"scopes\":[]}",
    })
    void refusesATokenWithoutACompany(String answer) {
        body = answer;
        assertThat(meClient.identify(TOKEN))
                .isEqualTo(new Identification.TokenNotAccepted(CompanyErrorCode.NO_COMPANY));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{\"company\":[{\"id\":7},{\"id\":8}],\"scopes\":[]}",
            "{\"company\":{\"id\":7},\"companies\":[{\"id\":7},{\"id\":8}],\"scopes\":[]}",
            "{\"companies\":[{\"id\":7},{\"id\":8}],\"scopes\":[]}",
    })
    void refusesATokenThatSeesSeveralCompanies(String answer) {
        body = answer;
        assertThat(meClient.identify(TOKEN))
                .isEqualTo(new Identification.TokenNotAccepted(CompanyErrorCode.SEVERAL_COMPANIES));
    }

    @Test
    void waitsForASlotWhereSomebodyWaitsForTheAnswerAndSaysSo() {
        AtomicInteger told = new AtomicInteger();
        limited = 2;
        try (MeClient patient = new MeClient(base, HttpSettings.DEFAULT, budgets, RequestMeter.NONE,
                SlotWait.telling(told::incrementAndGet))) {
            assertThat(patient.identify(TOKEN)).isInstanceOf(Identification.Known.class);
        }
        assertThat(told).as("told once, however long it takes").hasValue(1);
    }

    @Test
    void aSlotIsNotWaitedForForEver() {
        limited = Integer.MAX_VALUE;
        try (MeClient hasty = new MeClient(base, HttpSettings.DEFAULT, budgets, RequestMeter.NONE,
                new SlotWait(Duration.ofMillis(600), () -> {}))) {
            assertThat(hasty.identify(TOKEN)).isEqualTo(new Identification.Deferred(ApiErrorCode.RATE_LIMITED));
        }
    }

    @ParameterizedTest
    @CsvSource({"429, RATE_LIMITED", "500, SERVER_ERROR", "503, SERVER_ERROR", "302, UNEXPECTED_STATUS",
            "400, BAD_REQUEST"})
    void concludesNothingFromWhatMayPass(int answered, ApiErrorCode code) {
        status = answered;
        assertThat(meClient.identify(TOKEN)).isEqualTo(new Identification.Deferred(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "{}", "[]", "{\"error\":\"x\",\"status\":500}",
            "{\"company\":{\"id\":\"7\"},\"scopes\":[]}",
            "{\"company\":{\"id\":0},\"scopes\":[]}", "{\"company\":{\"id\":7}}",
            "{\"company\":{\"id\":7.5},\"scopes\":[]}"})
    void concludesNothingFromAnAnswerThatIsNotTheDocumentedOne(String answer) {
        body = answer;
        assertThat(meClient.identify(TOKEN)).isInstanceOf(Identification.Deferred.class);
    }

    @Test
    void concludesNothingFromSilence() {
        server.stop(0);
        assertThat(meClient.identify(TOKEN)).isEqualTo(new Identification.Deferred(ApiErrorCode.CONNECTION_REFUSED));
    }

    @Test
    void comparesScopesByTheirDomain() {
        Scopes scopes =
                Scopes.of(List.of("customers:readonly", "suppliers:read", "quotes:all", "exports:fec", "products",
                        "<script>", "journals:write"));
        assertThat(scopes.missing(List.of("customers", "suppliers", "quotes", "exports:fec"))).isEmpty();
        assertThat(scopes.missing(List.of("customer", "products", "journals", "exports:gl", "exports")))
                .containsExactly("customer", "exports", "exports:gl", "journals", "products");
        assertThat(scopes.names()).doesNotContain("<script>");
    }

    private void answer(HttpExchange exchange) throws IOException {
        authorization = exchange.getRequestHeaders().getFirst("Authorization");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean isLimited = limited > 0;
        limited -= isLimited ? 1 : 0;
        exchange.sendResponseHeaders(isLimited ? 429 : status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}

package fr.pennylanesync.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.pennylanesync.alarm.Alarm;
import fr.pennylanesync.alarm.AlarmMessage;
import fr.pennylanesync.alarm.AlarmMessage.AlarmChange;
import fr.pennylanesync.alarm.ListeningServer;
import fr.pennylanesync.alarm.MailServer;
import fr.pennylanesync.alarm.WebhookHttp;
import fr.pennylanesync.lint.AllowList;
import fr.pennylanesync.reload.RouteSnapshot;
import fr.pennylanesync.reload.RouteText;
import fr.pennylanesync.reload.RouteVersion;
import fr.pennylanesync.stream.StreamOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the examples that tell of alarms in other ways, each against a small server of this machine. */
class AlarmExamplesTest {

    private static final Path EXAMPLES = Path.of("docs/examples/alarms");
    private static final String STEP = "send-alarm";
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path home;

    private static AlarmMessage message() {
        return new AlarmMessage(AlarmChange.STARTED, "COMPANY_REFUSED", List.of(new Alarm(7, "COMPANY_REFUSED",
                OptionalLong.of(12), Optional.empty(), "", Instant.EPOCH, Optional.empty(),
                "a \"token\" is not used: TOKEN_REFUSED", "see `tokens check`", Optional.empty(), Optional.empty())));
    }

    private Exchange send(String example, String webhook, Properties settings) throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            TestSettings.give(context, settings);
            context.getRegistry().bind("webhook", new WebhookSteps(Optional.of(webhook)));
            context.getRegistry().bind("webhookHttp", (HttpClientConfigurer) WebhookHttp::configure);
            context.getRegistry().bind("quietRedelivery", new QuietRedelivery());
            CamelContexts.load(context, Stream.of("policies", "steps").flatMap(folder -> files(example).in(folder)
                    .stream()).filter(file -> List.of("caller-decides", STEP).contains(file.id())).toList());
            context.start();
            return context.createProducerTemplate().send("direct:" + STEP,
                    exchange -> exchange.setVariable(Variables.ALARM, message()));
        }
    }

    /** Our own routes with the step of the example in its place. */
    private RouteSnapshot files(String example) {
        try {
            Path routes = home.resolve(example);
            if (Files.notExists(routes)) {
                try (Stream<Path> files = Files.walk(Path.of("routes"))) {
                    for (Path file : files.toList()) {
                        Path target = routes.resolve(Path.of("routes").relativize(file).toString());
                        if (Files.isDirectory(file)) {
                            Files.createDirectories(target);
                        } else {
                            Files.copy(file, target);
                        }
                    }
                }
                Files.writeString(routes.resolve("steps/" + STEP + ".camel.yaml"),
                        Files.readString(EXAMPLES.resolve(example).resolve(STEP + ".camel.yaml")));
            }
            return RouteSnapshot.read(routes);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"slack", "teams", "mail"})
    void lintFindsNothingInThem(String example) {
        Path widening = EXAMPLES.resolve(example).resolve("allowed.yaml");
        AllowList allowed = AllowList.of(Optional.of(widening).filter(Files::exists));

        RouteVersion version = RouteVersion.checked(files(example), StreamOptions.NONE, allowed);
        assertThat(version.files().in("steps")).extracting(RouteText::id).contains(STEP);
    }

    @Test
    void slackIsTold() throws Exception {
        try (ListeningServer slack = new ListeningServer()) {
            assertThat(send("slack", slack.url("/services/T0/B0/x").toString(), new Properties()).getException())
                    .isNull();

            JsonNode body = JSON.readTree(slack.heard().get(0).body());
            assertThat(body.properties()).hasSize(1);
            assertThat(body.path("text").asText()).isEqualTo(message().text());
        }
    }

    @Test
    void teamsIsTold() throws Exception {
        try (ListeningServer teams = new ListeningServer()) {
            assertThat(send("teams", teams.url("/workflows/x?sig=a%2Fb").toString(), new Properties()).getException())
                    .isNull();

            JsonNode body = JSON.readTree(teams.heard().get(0).body());
            JsonNode card = body.at("/attachments/0/content");
            assertThat(body.path("type").asText()).isEqualTo("message");
            assertThat(card.path("type").asText()).isEqualTo("AdaptiveCard");
            assertThat(card.at("/body/0/text").asText()).isEqualTo(message().title());
            assertThat(card.at("/body/1/text").asText()).isEqualTo(message().text());
        }
    }

    @Test
    void somebodyIsToldByMail() throws Exception {
        try (MailServer server = new MailServer()) {
            Properties settings = new Properties();
            settings.putAll(Map.of("mail.host", "127.0.0.1", "mail.port", Integer.toString(server.port()), "mail.from",
                    "sync@example.com", "mail.to", "accounts@example.com"));
            assertThat(send("mail", "http://127.0.0.1:1/", settings).getException()).isNull();

            assertThat(server.mails()).singleElement().asString().contains("Subject: " + message().title(),
                    "To: accounts@example.com", "From: sync@example.com", "TOKEN_REFUSED", "What to do: see");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"slack", "teams", "mail"})
    void aServerThatIsAwayFailsTheStep(String example) throws Exception {
        Properties settings = new Properties();
        settings.putAll(Map.of("mail.host", "127.0.0.1", "mail.port", "1", "mail.from", "sync@example.com", "mail.to",
                "accounts@example.com"));

        assertThat(send(example, "http://127.0.0.1:1/", settings).getException()).isNotNull();
    }
}

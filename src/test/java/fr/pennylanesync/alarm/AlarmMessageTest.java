package fr.pennylanesync.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fr.pennylanesync.alarm.AlarmMessage.AlarmChange;
import fr.pennylanesync.report.Warning;
import fr.pennylanesync.report.WarningCode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AlarmMessageTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");

    private static Alarm alarm(long id, Optional<Instant> end) {
        return new Alarm(id, "STREAM_STOPPED", OptionalLong.of(12), Optional.of("customers"), "", START, end,
                "a stream stopped: \"SERVER_ERROR\"", "look it up", Optional.empty(), Optional.empty());
    }

    @Test
    void aMessageTellsWhatWhoSinceWhenAndWhatToDo() throws Exception {
        AlarmMessage message = AlarmMessage.of(List.of(alarm(1, Optional.empty())));
        JsonNode json = JSON.readTree(message.json());

        assertThat(json.path("event").asText()).isEqualTo("started");
        assertThat(json.path("code").asText()).isEqualTo("STREAM_STOPPED");
        assertThat(json.path("remedy").asText()).isEqualTo("look it up");
        assertThat(json.path("title").asText())
                .isEqualTo("pennylane-sync: STREAM_STOPPED started, company 12 stream customers");
        assertThat(json.path("alarms").get(0).path("company").asLong()).isEqualTo(12);
        assertThat(json.path("alarms").get(0).path("startedAt").asText()).isEqualTo(START.toString());
        assertThat(json.path("alarms").get(0).has("endedAt")).isFalse();
        assertThat(message.text()).contains("since 2026-01-02T03:04:05Z", "What to do: look it up");
        assertThat(JSON.readTree("{\"text\": " + message.quotedText() + "}").path("text").asText())
                .isEqualTo(message.text());
        assertThat(JSON.readTree(message.quotedTitle()).asText()).isEqualTo(message.title());
    }

    @Test
    void manyAreOneMessageThatDoesNotGrow() throws Exception {
        AlarmMessage message = new AlarmMessage(AlarmChange.ENDED, "STREAM_STOPPED",
                LongStream.range(0, 5_000).mapToObj(id -> alarm(id, Optional.of(START.plusSeconds(60)))).toList());
        JsonNode json = JSON.readTree(message.json());

        assertThat(json.path("count").asLong()).isEqualTo(5_000);
        assertThat(json.path("alarms")).hasSize(100);
        assertThat(message.text().lines()).hasSize(13);
        assertThat(message.text()).contains("and 4990 more", "until 2026-01-02T03:05:05Z", "nothing, it is over");
        assertThat(message.title()).isEqualTo("pennylane-sync: STREAM_STOPPED ended, alarms: 5000");
    }

    @Test
    void aMessageOfSeveralFailuresSaysWhatEachWantsDone() throws Exception {
        Alarm other = new Alarm(2, "STREAM_STOPPED", OptionalLong.of(12), Optional.of("quotes"), "", START,
                Optional.empty(), "a stream stopped: SCOPE_MISSING", "give it the scope", Optional.empty(),
                Optional.empty());
        AlarmMessage message = AlarmMessage.of(List.of(alarm(1, Optional.empty()), other, alarm(3, Optional.empty())));

        assertThat(message.text()).endsWith("What to do: look it up\ngive it the scope");
        assertThat(JSON.readTree(message.json()).path("remedy").asText()).isEqualTo("look it up\ngive it the scope");
    }

    @Test
    void aWarningThatIsAboutAFailureSaysWhatThatWantsDone() {
        Function<String, Optional<String>> failures =
                code -> Optional.of("create another token").filter(remedy -> code.equals("TOKEN_REFUSED"));
        Warning refused = Warning.of(WarningCode.COMPANY_REFUSED, "company 12 (dupont) TOKEN_REFUSED",
                Optional.of(START), Warning.Concern.of(12, "TOKEN_REFUSED"));
        Warning aside = Warning.of(WarningCode.QUARANTINE_OPEN, "company 12 (dupont), entries: 3",
                Optional.of(START), Warning.Concern.of(12, "entries: 3"));

        assertThat(AlarmCondition.of(refused.remediedBy(failures)).remedy()).isEqualTo("create another token");
        assertThat(AlarmCondition.of(aside.remediedBy(failures)).remedy())
                .isEqualTo(WarningCode.QUARANTINE_OPEN.remedy());
    }

    /** An alias is often made of a name; a message leaves the house. */
    @Test
    void aConditionOfAWarningHoldsNoAliasAndNoSecret() {
        AlarmCondition condition = AlarmCondition.of(Warning.of(WarningCode.COMPANY_REFUSED,
                "company 12 (dupont-sarl) TOKEN_REFUSED", Optional.of(START),
                Warning.Concern.of(12, "TOKEN_REFUSED")));

        assertThat(condition.reason()).isEqualTo("a company's token is not used: TOKEN_REFUSED");
        assertThat(condition.companyId()).hasValue(12);
        assertThat(condition.toString()).doesNotContain("dupont");
        assertThat(
                AlarmCondition.of("LATE", "see https://hooks.example/T0/B0?sig=x, jean@example.com", "look").reason())
                .doesNotContain("T0", "sig=x", "jean");
    }
}

package fr.pennylanesync.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import fr.pennylanesync.stream.FactsFault;
import fr.pennylanesync.stream.RoutesException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a team may add to the list of what routes may use, and who may. */
class AllowListTest {

    private static final String JOB = """
            - route:
                id: nightly
                description: Tells another system, once a night.
                routeConfigurationId: job-failure
                from:
                  uri: quartz
                  parameters:
                    triggerName: nightly
                    cron: "0 0 3 * * ?"
                  steps:
                    - setVariable:
                        name: nightlyWord
                        constant:
                          expression: good morning
                    - log:
                        loggingLevel: INFO
                        message: "this is the night job, ${variable.nightlyWord}, ${exchangeId}"
                    - delay:
                        constant:
                          expression: "10"
                    - choice:
                        when:
                          - simple: "${variable.nightlyWord} == 'good morning'"
                            steps:
                              - bean:
                                  ref: schedule
                                  method: refresh
                    - to:
                        id: nightly-out
                        uri: slack:#alarms
                        parameters:
                          webhookUrl: "#slackAddress"
            """;
    private static final String WIDER = """
            endpoints:
              - uri: slack:#[a-z]+
                as: [to]
                in: [jobs/]
                options: {webhookUrl: "=#slackAddress"}
                why: the night job tells the channel of the accountants
            """;

    @TempDir
    private Path home;

    private List<FactsFault> found(AllowList allowed) throws IOException {
        GoodRoutes.write(home, "routes/jobs/nightly.camel.yaml", JOB);
        return RouteLint.check(home.resolve("routes"), List.of(new AllowedOnly(allowed), new CamelSchema()));
    }

    private Path wider(String text) throws IOException {
        return Files.writeString(home.resolve("wider.yaml"), text);
    }

    @Test
    void aRouteOfOnesOwnUsesWhatIsHarmless() throws IOException {
        assertThat(found(AllowList.shipped())).singleElement().hasToString(home
                + "/routes/jobs/nightly.camel.yaml:30: the endpoint `slack` is none that routes may use -> "
                + "use what allowed.yaml lists, as the guideline explains it, or widen the list by `routes.allow`");
    }

    @Test
    void aFileWidensTheList() throws IOException {
        AllowList wide = AllowList.of(Optional.of(wider(WIDER)));

        assertThat(found(wide)).isEmpty();
        assertThat(wide.schemes()).contains("slack", "direct", "https").doesNotContain("file");
        assertThat(wide.widening()).contains(home.resolve("wider.yaml"));
        assertThat(found(AllowList.of(Optional.empty()))).as("the shipped list is as it was").hasSize(1);
    }

    @Test
    void whatIsWidenedGrowsAndLosesNothing() throws IOException {
        AllowList wide = AllowList.widenedBy(wider("""
                beans:
                  schedule:
                    why: the night job asks more
                    methods: [hasten]
                elements:
                  bean:
                    why: a step that is switched off
                    fields: {disabled: flag}
                """));

        assertThat(wide.hasMethod("schedule", "hasten")).isTrue();
        assertThat(wide.hasMethod("schedule", "refresh")).isTrue();
        assertThat(wide.element("bean").path("fields").has("disabled")).isTrue();
        assertThat(wide.element("bean").path("fields").has("ref")).isTrue();
    }

    static Stream<Arguments> misshapen() {
        return Stream.of(
                arguments("- a", "0: no list of what routes may use"),
                arguments("endpoint:\n  - uri: x\n    why: y\n", "1: `endpoint` is no part of the list"),
                arguments("endpoints:\n  a: b\n", "1: `endpoints` is no part of the list"),
                arguments(WIDER.replaceAll("    why: .*\n", ""), "2: an entry without its reason (`why`)"),
                arguments(WIDER.replace("options", "option"), "2: an entry with `option`, which says nothing there"),
                arguments(WIDER.replace("[a-z]+", "[a-z"), "2: a pattern that cannot be read"),
                arguments("functions:\n  sys.user.home: {printed: true}\n", "2: an entry without its reason (`why`)"));
    }

    @ParameterizedTest
    @MethodSource("misshapen")
    void aFileOfAnotherFormIsRefused(String text, String rule) throws IOException {
        Path file = wider(text);

        assertThatThrownBy(() -> AllowList.widenedBy(file)).isInstanceOfSatisfying(RoutesException.class,
                refused -> assertThat(refused.faults()).extracting(fault -> fault.line() + ": " + fault.rule())
                        .contains(rule));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-rw-rw-", "rw-r--rw-"})
    void aFileThatOthersMayWriteIsRefused(String mode) throws IOException {
        Path file = Files.setPosixFilePermissions(wider(WIDER), PosixFilePermissions.fromString(mode));

        assertThatThrownBy(() -> AllowList.widenedBy(file)).isInstanceOfSatisfying(RoutesException.class,
                refused -> assertThat(refused.faults()).singleElement()
                        .hasToString(file + ": others may write it -> let its owner alone write it: chmod go-w"));
        assertThatThrownBy(() -> AllowList.widenedBy(home.resolve("nowhere.yaml")))
                .isInstanceOf(RoutesException.class);
    }
}

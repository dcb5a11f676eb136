package fr.pennylanesync.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the documents against the declared events. */
class EventReferenceTest {

    private static final Path PAGE = Path.of("docs/reference/events.md");
    private static final Path OPERATING = Path.of("docs/OPERATING.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern SNAKE_CASE = Pattern.compile("[a-z]+(?:_[a-z]+)+");
    private static final String ALARMS = "| log event | because |";
    private static final String METRIC = "pennylane_sync_";

    private static final Map<String, EventDeclaration> EVENTS = EventDeclaration.topics().stream()
            .flatMap(topic -> EventDeclaration.in(topic).stream())
            .collect(Collectors.toMap(EventDeclaration::name, event -> event, (one, other) -> one, TreeMap::new));

    @Test
    void thePageInDocsIsFresh() throws IOException {
        String fresh = EventReference.page();
        if (Boolean.getBoolean("reference.update")) {
            Files.writeString(PAGE, fresh);
        }
        assertThat(PAGE).as("refresh it with: mvn -q test -Dtest=EventReferenceTest -Dreference.update=true")
                .hasContent(fresh);
    }

    @Test
    void everyNameInTheTableOfAlarmsIsAnEvent() throws IOException {
        List<String> named = Files.readString(OPERATING).lines().dropWhile(line -> !line.equals(ALARMS)).skip(2)
                .takeWhile(line -> line.startsWith("|")).flatMap(line -> codes(line.split("\\|")[1]))
                .filter(SNAKE_CASE.asMatchPredicate()).filter(name -> EventField.named(name).isEmpty()).toList();

        assertThat(named).hasSizeGreaterThan(10).isSubsetOf(EVENTS.keySet());
    }

    @Test
    void whatIsNamedLikeAnEventIsOne() throws IOException {
        Set<String> endings = EVENTS.keySet().stream().map(EventReferenceTest::lastWord).collect(Collectors.toSet());
        List<String> named = Files.readString(OPERATING).lines().flatMap(EventReferenceTest::codes)
                .filter(SNAKE_CASE.asMatchPredicate())
                .filter(name -> endings.contains(lastWord(name)))
                .filter(name -> !name.startsWith(METRIC)).distinct().toList();

        assertThat(named).hasSizeGreaterThan(20).isSubsetOf(EVENTS.keySet());
    }

    static List<String> cellsWithEvents() throws IOException {
        return Files.readString(OPERATING).lines().flatMap(line -> Arrays.stream(line.split("\\|")))
                .filter(cell -> codes(cell).anyMatch(EVENTS::containsKey) && fields(cell).findAny().isPresent())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cellsWithEvents")
    void fieldsNamedBesideAnEventAreItsOwn(String cell) {
        Set<String> named = fields(cell).collect(Collectors.toCollection(TreeSet::new));

        assertThat(codes(cell).filter(EVENTS::containsKey))
                .allSatisfy(event -> assertThat(EVENTS.get(event).components())
                        .extracting(component -> component.field().fieldName()).containsAll(named));
    }

    @Test
    void thePlacesThatNameFieldsAreFound() throws IOException {
        assertThat(cellsWithEvents()).hasSizeGreaterThan(2);
    }

    private static Stream<String> fields(String cell) {
        return codes(cell).map(code -> code.replaceFirst("=.*", "")).filter(name -> EventField.named(name).isPresent());
    }

    private static Stream<String> codes(String text) {
        return CODE.matcher(text).results().map((MatchResult code) -> code.group(1));
    }

    private static String lastWord(String name) {
        return name.substring(name.lastIndexOf('_') + 1);
    }
}

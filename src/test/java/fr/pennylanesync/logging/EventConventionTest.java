package fr.pennylanesync.logging;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.ReferencedClassObject;
import fr.pennylanesync.OurClasses;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the declared events against the code that logs: neither can be without the other. */
class EventConventionTest {

    private static final JavaClasses OURS = OurClasses.ALL;
    private static final Map<FieldKind, Set<Class<?>>> TYPES = Map.of(
            FieldKind.ID, Set.of(long.class, OptionalLong.class),
            FieldKind.COUNT, Set.of(long.class),
            FieldKind.DURATION, Set.of(long.class),
            FieldKind.FLAG, Set.of(boolean.class),
            FieldKind.DATE, Set.of(String.class),
            FieldKind.CODE, Set.of(String.class, Optional.class),
            FieldKind.HASH, Set.of(String.class),
            FieldKind.NAME, Set.of(String.class, Optional.class),
            FieldKind.TEXT, Set.of(String.class));

    static Stream<EventDeclaration> events() {
        return EventDeclaration.topics().stream().flatMap(topic -> EventDeclaration.in(topic).stream());
    }

    @Test
    void ourCodeLogsNothingButEvents() {
        noClasses().that().resideOutsideOfPackage(Event.class.getPackageName()).should().dependOnClassesThat(
                resideInAnyPackage("org.slf4j..", "ch.qos.logback..", "net.logstash..", "java.util.logging..",
                        "org.apache.commons.logging..", "org.apache.logging.."))
                .orShould().dependOnClassesThat().areAssignableTo(System.Logger.class).check(OURS);
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyDeclaredEventIsLogged(EventDeclaration event) {
        assertThat(OURS.get(event.type()).getConstructorCallsToSelf()).extracting(call -> call.getOrigin())
                .anyMatch(EventConventionTest::logs);
    }

    private static boolean logs(JavaCodeUnit origin) {
        return !origin.getOwner().getPackageName().equals(Event.class.getPackageName())
                && origin.getMethodCallsFromSelf().stream()
                        .map(call -> call.getTarget()).anyMatch(EventConventionTest::isLog);
    }

    private static boolean isLog(AccessTarget.MethodCallTarget target) {
        return target.getOwner().isEquivalentTo(EventLog.class) && target.getName().equals("log");
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventIsNamedAndExplained(EventDeclaration event) {
        assertThat(event.name()).matches("[a-z]+(_[a-z0-9]+)+");
        assertThat(event.means()).matches("[A-Z].*\\.");
        assertThat(event.action()).matches("[A-Z].*\\.");
    }

    @Test
    void noTwoEventsHaveOneName() {
        assertThat(events().map(EventDeclaration::name)).doesNotHaveDuplicates().hasSizeGreaterThan(50);
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyFieldHasTheTypeOfItsKind(EventDeclaration event) {
        assertThat(event.components()).allSatisfy(component -> assertThat(TYPES.get(component.field().kind()))
                .contains(component.accessor().getReturnType()));
    }

    @Test
    void everyFieldIsUsed() {
        assertThat(events().flatMap(event -> event.components().stream()).map(EventDeclaration.Component::field)
                .collect(Collectors.toSet())).containsExactlyInAnyOrder(EventField.values());
    }

    /** A class that logs says so by an {@link EventLog} of its own, so that the logger's name leads to it. */
    @Test
    void everyLogIsNamedAfterItsClass() {
        Stream<JavaClass> holders = OURS.stream().filter(type -> type.getAllFields().stream()
                .anyMatch(field -> field.getOwner().equals(type) && field.getRawType().isEquivalentTo(EventLog.class)));

        assertThat(holders).hasSizeGreaterThan(20).allSatisfy(type -> assertThat(
                type.getStaticInitializer()).hasValueSatisfying(
                        start -> assertThat(start.getReferencedClassObjects())
                                .extracting(ReferencedClassObject::getRawType).contains(type)));
    }
}

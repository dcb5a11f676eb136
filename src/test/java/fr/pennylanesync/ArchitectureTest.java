package fr.pennylanesync;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import fr.pennylanesync.runtime.Tables;
import java.lang.reflect.RecordComponent;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of docs/ARCHITECTURE.md about packages. */
class ArchitectureTest {

    private static final JavaClasses OURS = OurClasses.ALL;
    private static final Set<String> TABLES = Set.of("AuditLog", "CheckpointStore", "CompanyStore", "DueList",
            "PendingFiles", "Quarantine", "ReloadStore", "SeenEvents", "ShareNotes", "StaleCopies", "StreamStates",
            "UnseenRows");

    @Test
    void onlyOnePackageKnowsCamel() {
        noClasses().that().resideOutsideOfPackage("fr.pennylanesync.camel").should().dependOnClassesThat()
                .resideInAPackage("org.apache.camel..")
                .check(OURS);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("fr.pennylanesync.(*)..").should().beFreeOfCycles().check(OURS);
    }

    /** The sandbox's share is a real PostgreSQL, started as ours is, and its faults are told as ours are. */
    @Test
    void theSandboxKnowsNothingOfTheSync() {
        noClasses().that().resideInAPackage("fr.pennylanesync.sandbox..").should()
                .dependOnClassesThat(resideInAPackage("fr.pennylanesync..")
                        .and(resideOutsideOfPackages("fr.pennylanesync.sandbox..", "fr.pennylanesync.postgres",
                                "fr.pennylanesync.settings", "fr.pennylanesync.logging",
                                "fr.pennylanesync.concurrent")))
                .check(OURS);
    }

    @Test
    void nothingButCommandsUsesTheSandbox() {
        noClasses().that().resideOutsideOfPackages("fr.pennylanesync.sandbox..", "fr.pennylanesync.cli").should()
                .dependOnClassesThat()
                .resideInAPackage("fr.pennylanesync.sandbox..").check(OURS);
    }

    /** The landing's own tables are made by the landing, whose only entrance is handed in itself. */
    @Test
    void tablesAreMadeInOnePlaceAndHandedIn() {
        DescribedPredicate<JavaConstructorCall> makesTable = DescribedPredicate.describe("of a table",
                call -> TABLES.contains(call.getTargetOwner().getSimpleName()));
        noClasses().that().resideOutsideOfPackage("fr.pennylanesync.landing..").and()
                .doNotHaveSimpleName(Tables.class.getSimpleName()).should().callConstructorWhere(makesTable)
                .check(OURS);
    }

    @Test
    void theTablesMadeInOnePlaceAreAllThatItHolds() {
        assertThat(Stream.of(Tables.class.getRecordComponents()).map(RecordComponent::getType)
                .map(Class::getSimpleName).filter(name -> !name.equals("JdbcClient")))
                .containsExactlyInAnyOrderElementsOf(TABLES);
    }
}

package fr.pennylanesync;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;

/** The rules of docs/ARCHITECTURE.md about packages. */
class ArchitectureTest {

    private static final JavaClasses OURS = OurClasses.ALL;

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
                        .and(resideOutsideOfPackages("fr.pennylanesync.sandbox..", "fr.pennylanesync.warehouse",
                                "fr.pennylanesync.settings",
                                "fr.pennylanesync.privacy")))
                .check(OURS);
    }

    @Test
    void nothingButCommandsUsesTheSandbox() {
        noClasses().that().resideOutsideOfPackages("fr.pennylanesync.sandbox..", "fr.pennylanesync.cli").should()
                .dependOnClassesThat()
                .resideInAPackage("fr.pennylanesync.sandbox..").check(OURS);
    }
}

package fr.pennylanesync;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The rules of docs/ARCHITECTURE.md about packages. */
class ArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("fr.pennylanesync");

    @Test
    void onlyOnePackageKnowsCamel() {
        noClasses().that().resideOutsideOfPackage("fr.pennylanesync.camel").should().dependOnClassesThat().resideInAPackage("org.apache.camel..")
                .check(OURS);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("fr.pennylanesync.(*)..").should().beFreeOfCycles().check(OURS);
    }

    /** Its share is a real PostgreSQL, started as ours is. */
    @Test
    void theSandboxKnowsNothingOfTheSync() {
        noClasses().that().resideInAPackage("fr.pennylanesync.sandbox..").should().dependOnClassesThat(resideInAPackage("fr.pennylanesync..")
                .and(resideOutsideOfPackages("fr.pennylanesync.sandbox..", "fr.pennylanesync.warehouse", "fr.pennylanesync.settings")))
                .check(OURS);
    }

    @Test
    void nothingButCommandsUsesTheSandbox() {
        noClasses().that().resideOutsideOfPackages("fr.pennylanesync.sandbox..", "fr.pennylanesync.cli").should().dependOnClassesThat()
                .resideInAPackage("fr.pennylanesync.sandbox..").check(OURS);
    }
}

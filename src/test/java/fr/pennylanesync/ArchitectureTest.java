package fr.pennylanesync;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import fr.pennylanesync.PackageLayers.PackageRule;
import fr.pennylanesync.runtime.Tables;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of docs/ARCHITECTURE.md about packages. */
class ArchitectureTest {

    private static final JavaClasses OURS = OurClasses.ALL;
    private static final Set<String> TABLES = Set.of("AuditLog", "CheckpointStore", "CompanyStore", "DueList",
            "PendingFiles", "Quarantine", "ReloadStore", "SeenEvents", "ShareNotes", "StaleCopies", "StaleReads",
            "StreamStates",
            "UnseenRows");

    private static final Path PAGE = Path.of("docs/ARCHITECTURE.md");
    private static final int FILES_MAX = 38;

    private static final Map<String, Integer> LAYERS = PackageLayers.RULES.stream()
            .collect(Collectors.toMap(PackageRule::name, PackageRule::layer));
    private static final Map<String, TreeSet<String>> USED = OURS.stream()
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(use -> use.getTargetClass().getBaseComponentType().getPackageName()
                    .startsWith(PackageLayers.ROOT + "."))
            .collect(groupingBy(use -> named(use.getOriginClass()),
                    mapping((Dependency use) -> named(use.getTargetClass().getBaseComponentType()),
                            toCollection(TreeSet::new))));

    private static String named(JavaClass type) {
        return PackageLayers.nameOf(type.getPackageName());
    }

    static Stream<PackageRule> rules() {
        return PackageLayers.RULES.stream();
    }

    @Test
    void aPackageUsesOnlyWhatTheTableAllows() {
        LayeredArchitecture layers = layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(PackageLayers.ROOT + "..")
                .ensureAllClassesAreContainedInArchitecture();
        for (PackageRule rule : PackageLayers.RULES) {
            layers = layers.layer(rule.name()).definedBy(rule.identifier());
        }
        for (PackageRule rule : PackageLayers.RULES) {
            layers = rule.allowed().isEmpty() ? layers.whereLayer(rule.name()).mayNotAccessAnyLayer()
                    : layers.whereLayer(rule.name()).mayOnlyAccessLayers(rule.allowed().toArray(String[]::new));
        }
        layers.check(OURS);
    }

    /** A permission that nobody needs would hide the day on which somebody takes it. */
    @ParameterizedTest
    @MethodSource("rules")
    void theTableAllowsOnlyWhatIsUsed(PackageRule rule) {
        assertThat(rule.mayUse()).isSubsetOf(USED.getOrDefault(rule.name(), new TreeSet<>()));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aPackageUsesItsOwnLayerAndThoseBelow(PackageRule rule) {
        assertThat(rule.allowed()).allSatisfy(other -> assertThat(LAYERS.get(other)).isLessThanOrEqualTo(rule.layer()));
    }

    /** The packages of the sandbox are one; it is a program of its own. */
    @Test
    void packagesHaveNoCycles() {
        slices().matching(PackageLayers.ROOT + ".(**)").should().beFreeOfCycles()
                .check(OURS.that(resideOutsideOfPackage(PackageLayers.ROOT + ".sandbox..")));
        slices().matching(PackageLayers.ROOT + ".(*)..").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void onlyOnePackageKnowsCamel() {
        noClasses().that().resideOutsideOfPackage("fr.pennylanesync.camel").should().dependOnClassesThat()
                .resideInAPackage("org.apache.camel..")
                .check(OURS);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aPackageSaysWhatItIsForAndStaysSmall(PackageRule rule) throws IOException {
        if (rule.name().equals(PackageLayers.SANDBOX)) {
            return;
        }
        Path directory = Path.of("src/main/java", rule.identifier().split("\\."));
        assertThat(Files.readString(directory.resolve("package-info.java"))).matches("(?s)/\\*\\*.*\\.\\n? \\*/\\n.*");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java")).count())
                    .isLessThanOrEqualTo(FILES_MAX);
        }
    }

    @Test
    void theTableOfThePageIsFresh() throws IOException {
        String fresh = PackageLayers.inPage(Files.readString(PAGE));
        if (Boolean.getBoolean("reference.update")) {
            Files.writeString(PAGE, fresh);
        }
        assertThat(PAGE).as("refresh it with: mvn -q test -Dtest=ArchitectureTest -Dreference.update=true")
                .hasContent(fresh);
    }

    @Test
    void nothingButCommandsUsesTheSandbox() {
        assertThat(PackageLayers.RULES).filteredOn(rule -> rule.allowed().contains(PackageLayers.SANDBOX))
                .extracting(PackageRule::name).containsExactly("cli");
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

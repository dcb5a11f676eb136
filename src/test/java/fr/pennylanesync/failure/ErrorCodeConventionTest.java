package fr.pennylanesync.failure;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** There is one vocabulary of failures, and it is used everywhere. */
class ErrorCodeConventionTest {

    static Stream<ErrorCode> codes() {
        return ErrorCodes.all();
    }

    @Test
    void findsTheCodesOfEveryPackage() {
        assertThat(ErrorCodes.enums()).hasSizeGreaterThanOrEqualTo(15).contains(GeneralErrorCode.class)
                .extracting(Class::getSimpleName).contains("ApiErrorCode", "CommandErrorCode", "LandingErrorCode");
    }

    @Test
    void aNameStandsInOneEnumOnly() {
        assertThat(ErrorCodes.all().map(ErrorCode::name)).doesNotHaveDuplicates();
    }

    @Test
    void anEnumHasASourceOfItsOwn() {
        List<String> sources = ErrorCodes.enums().stream()
                .flatMap(type -> ErrorCodes.of(type).stream().map(ErrorCode::source).distinct()).toList();

        assertThat(sources).doesNotHaveDuplicates().hasSameSizeAs(ErrorCodes.enums());
    }

    @Test
    void anEnumIsNamedByTheScheme() {
        assertThat(ErrorCodes.enums()).extracting(Class::getSimpleName).allMatch(name -> name.endsWith("ErrorCode"));
    }

    @ParameterizedTest
    @MethodSource("codes")
    void aCodeSaysWhatHappenedAndWhatToDo(ErrorCode code) {
        assertThat(code.meaning()).hasSizeBetween(9, 120);
        assertThat(code.remedy()).hasSizeBetween(9, 200);
        assertThat(code.meaning()).isNotEqualTo(code.remedy());
    }

    /** What only a person can mend is not tried again. */
    @ParameterizedTest
    @MethodSource("codes")
    void whatIsConfiguredWronglyIsNotTriedAgain(ErrorCode code) {
        if (code.fault() == Fault.CONFIGURATION) {
            assertThat(code.retryable()).isFalse();
        }
    }

    /** Two kinds stay: what a foreign interface demands, and what the sandbox answers as Pennylane. */
    @Test
    void nobodyElseMakesExceptions() {
        List<String> exceptions = ErrorCodes.MAIN.stream().filter(type -> type.isAssignableTo(Throwable.class))
                .filter(type -> !type.getPackageName().startsWith("fr.pennylanesync.sandbox")).map(JavaClass::getName)
                .filter(name -> name.startsWith("fr.pennylanesync.")).sorted().toList();

        assertThat(exceptions).containsExactlyInAnyOrder("fr.pennylanesync.failure.SyncException",
                "fr.pennylanesync.settings.SettingsException", "fr.pennylanesync.stream.RoutesException",
                "fr.pennylanesync.archive.download.PublicResolver$NotPublic");
    }

    @Test
    void theVocabularyDependsOnNothingOfOurs() {
        noClasses().that().resideInAPackage("fr.pennylanesync.failure").should().dependOnClassesThat()
                .haveNameMatching("fr\\.pennylanesync\\.(?!failure\\.).*").check(ErrorCodes.MAIN);
    }

    @Test
    void policiesNameOurExceptionAndNoOther() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes/policies"))) {
            List<String> named = files.flatMap(ErrorCodeConventionTest::lines).map(String::strip)
                    .filter(line -> line.matches("- [a-z]+(\\.[a-zA-Z]+)+")).map(line -> line.substring(2)).distinct()
                    .toList();

            assertThat(named).containsExactlyInAnyOrder(SyncException.class.getName(), "java.lang.Exception");
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

package fr.pennylanesync.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.pennylanesync.lint.HostileRoutes.Variant;
import fr.pennylanesync.reload.RouteSnapshot;
import fr.pennylanesync.reload.RouteVersion;
import fr.pennylanesync.stream.RoutesException;
import fr.pennylanesync.stream.StreamOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each hostile or careless variant is refused, by its rule and line, at the entry by which hot reload takes files: what
 * is refused there changes nothing.
 */
class HostileRoutesTest {

    @TempDir
    Path routes;

    static List<Variant> variants() {
        return HostileRoutes.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("variants")
    void isRefusedByItsRuleAndLine(Variant variant) throws IOException {
        Path file = routes.resolve(variant.file());
        GoodRoutes.write(routes, variant.file(), variant.text());

        RoutesException refused = catchThrowableOfType(RoutesException.class,
                () -> RouteVersion.checked(RouteSnapshot.read(routes), StreamOptions.NONE, AllowList.shipped()));

        assertThat(refused).as("refused").isNotNull();
        assertThat(refused.faults()).allSatisfy(fault -> assertThat(fault.remedy()).isNotBlank())
                .filteredOn(fault -> file.startsWith(fault.file()))
                .extracting(fault -> fault.line() + ": " + fault.rule())
                .contains(variant.line() + ": " + variant.rule());
    }

    @Test
    void thereIsNoVariantTwice() {
        assertThat(variants()).extracting(variant -> variant.file() + variant.text()).doesNotHaveDuplicates();
        assertThat(variants()).extracting(Variant::toString).doesNotHaveDuplicates();
    }
}

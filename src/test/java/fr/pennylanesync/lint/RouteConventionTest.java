package fr.pennylanesync.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Our own routes keep the rules of the house. */
class RouteConventionTest {

    @Test
    void lintFindsNothingInOurOwnRoutes() {
        assertThat(RouteLint.check(Path.of("routes"))).isEmpty();
    }
}

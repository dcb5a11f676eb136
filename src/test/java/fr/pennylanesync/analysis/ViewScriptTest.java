package fr.pennylanesync.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ViewScriptTest {

    private static final Path SCRIPTS = Path.of("src/main/resources/fr/pennylanesync/analysis");

    @Test
    void everyScriptIsMade() throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".sql", "")))
                    .containsExactlyInAnyOrderElementsOf(ViewScript.all().stream().map(ViewScript::name).toList());
        }
    }

    @Test
    void aScriptComesAfterThoseWhoseViewsItReads() {
        Set<String> later = new HashSet<>();
        List<ViewScript> scripts = ViewScript.all();
        for (int i = scripts.size() - 1; i >= 0; i--) {
            later.addAll(scripts.get(i).views());
            assertThat(scripts.get(i).reads()).as(scripts.get(i).name()).doesNotContainAnyElementsOf(later);
        }
    }

    @Test
    void aScriptMakesTheViewItIsNamedAfterAndItsFrenchTwin() {
        assertThat(ViewScript.all()).allSatisfy(script -> {
            assertThat(script.views()).hasSize(2).startsWith(script.name());
            assertThat(script.sql()).contains("comment on view pennylane." + script.views().get(1));
        });
    }
}

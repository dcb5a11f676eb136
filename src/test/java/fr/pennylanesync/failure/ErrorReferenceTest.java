package fr.pennylanesync.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ErrorReferenceTest {

    private static final Path PAGE = Path.of("docs/reference/errors.md");

    @Test
    void thePageInDocsIsFresh() throws IOException {
        String fresh = ErrorReference.of(ErrorCodes.all());
        if (Boolean.getBoolean("reference.update")) {
            Files.writeString(PAGE, fresh);
        }

        assertThat(PAGE).as("refresh it with: mvn -q test -Dtest=ErrorReferenceTest -Dreference.update=true")
                .hasContent(fresh);
    }

    @Test
    void tellsEverythingOfACode() {
        assertThat(ErrorReference.of(Stream.of(GeneralErrorCode.UNEXPECTED))).endsWith("""

                ## program

                | code | what happened | what to do | whose | scope | retried |
                |---|---|---|---|---|---|
                | `UNEXPECTED` | a fault of this program | report it; the message names the class and the line | ours \
                | stream | no |
                """);
    }
}

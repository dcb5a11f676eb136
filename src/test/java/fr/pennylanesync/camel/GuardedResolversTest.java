package fr.pennylanesync.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.lint.AllowList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.NoSuchLanguageException;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A context of the program's makes what routes may use, and nothing else, whatever is on the class path. */
class GuardedResolversTest {

    private static final Main MAIN =
            CamelContexts.configured("guarded", Map.of(), AllowList.shipped().schemes());

    @BeforeAll
    static void start() {
        CamelContexts.start(MAIN, List.of());
    }

    @AfterAll
    static void stop() {
        MAIN.stop();
    }

    private static CamelContext context() {
        return MAIN.getCamelContext();
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct", "quartz", "http", "https", "jdbc", "aws2-s3", "bean"})
    void makesWhatRoutesUse(String scheme) {
        assertThat(context().getComponent(scheme)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "exec", "xslt", "language", "controlbus", "class", "ref", "log", "mock",
            "seda",
            "stub", "timer", "scheduler", "rest", "saga", "dataset", "dataformat", "validator", "browse", "kamelet"})
    void makesNoOtherComponent(String scheme) {
        assertThat(context().hasComponent(scheme)).isNull();
        assertThat(context().getComponent(scheme)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"file", "ref", "tokenize", "xpath", "csimple", "header", "exchangeProperty", "groovy", "java"})
    void makesNoOtherLanguage(String language) {
        assertThat(context().resolveLanguage("simple")).isNotNull();
        assertThatThrownBy(() -> context().resolveLanguage(language)).isInstanceOf(NoSuchLanguageException.class);
    }
}

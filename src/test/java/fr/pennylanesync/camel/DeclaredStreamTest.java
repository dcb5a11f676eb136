package fr.pennylanesync.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.pennylanesync.reload.RouteSnapshot;
import fr.pennylanesync.reload.RouteText;
import fr.pennylanesync.stream.DeclaredStream;
import fr.pennylanesync.stream.RoutesException;
import fr.pennylanesync.stream.StreamCatalog;
import fr.pennylanesync.stream.StreamFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** Camel's own loader takes the stream files as they are, beans and all. */
class DeclaredStreamTest {

    private static final List<RouteText> STREAMS = RouteSnapshot.read(Path.of("routes")).in("streams");

    @Test
    void camelMakesOneBeanForEachStream() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind(DeclaredStreamConfigurer.NAME, new DeclaredStreamConfigurer());

            CamelContexts.load(context, STREAMS);

            assertThat(context.getRegistry().findByTypeWithName(DeclaredStream.class).keySet())
                    .isEqualTo(StreamCatalog.load(Path.of("routes"), Map.of()).names().stream()
                            .map(StreamFile::beanName).collect(Collectors.toSet()));
        }
    }

    /** The configurer is needed: should Camel learn to leave properties alone, it can go. */
    @Test
    void camelsOwnBindingCannotTakeFacts() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            assertThatThrownBy(() -> CamelContexts.load(context, STREAMS)).isInstanceOf(RoutesException.class);
        }
    }
}

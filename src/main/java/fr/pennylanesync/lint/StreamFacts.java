package fr.pennylanesync.lint;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.stream.FactsFault;
import fr.pennylanesync.stream.RoutesException;
import fr.pennylanesync.stream.StreamFile;
import java.util.stream.Stream;

/** A stream file holds the facts of one stream, complete and plausible, and no logic. */
final class StreamFacts implements Rule {

    private static final JsonPointer STEPS = JsonPointer.compile("/1/route/from/steps");

    @Override
    public Stream<FactsFault> check(RouteTree tree) {
        return tree.in(Folder.STREAMS).flatMap(file -> Stream.concat(handOver(file), facts(tree, file)));
    }

    private static Stream<FactsFault> handOver(RouteFile file) {
        JsonNode steps = file.root().at(STEPS);
        boolean plain = steps.size() == 1 && steps.at("/0/to/uri").asText().equals("direct:sync-stream");
        return plain ? Stream.empty()
                : Stream.of(file.fault(STEPS, "a stream file with more than facts",
                        "call direct:sync-stream, and leave all else to the steps"));
    }

    private static Stream<FactsFault> facts(RouteTree tree, RouteFile file) {
        try {
            return StreamDoubts.about(StreamFile.of(file.path(), file.yaml()), tree).stream();
        } catch (RoutesException refused) {
            return refused.faults().stream();
        }
    }
}

package fr.pennylanesync.lint;

import fr.pennylanesync.stream.FactsFault;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Objects enter the archive through two steps, one for files and one for digest documents, with the client that proves
 * and locks them, and never over another object. Any other call could store what nobody has checked, or replace what is
 * archived.
 */
final class OneBucketDoor implements FileRule {

    private static final String DOOR = "archive-put";
    private static final Set<String> DOORS = Set.of(DOOR, "put-digest");
    private static final String SCHEME = "aws2-s3";

    @Override
    public Stream<FactsFault> check(RouteFile file) {
        return file.endpoints().stream()
                .filter(endpoint -> endpoint.scheme().startsWith(SCHEME) && !isDoor(file, endpoint))
                .map(endpoint -> file.fault(endpoint.at(), "a call to the bucket that proves nothing",
                        "call direct:" + DOOR + "; there it is a put with `amazonS3Client: \"#archiveClient\"` and"
                                + " `conditionalWritesEnabled: \"true\"`, and nothing else"));
    }

    private static boolean isDoor(RouteFile file, Endpoint endpoint) {
        return file.folder() == Folder.STEPS && DOORS.contains(file.stem()) && endpoint.scheme().equals(SCHEME)
                && endpoint.parameters().size() == 2
                && endpoint.parameters().path("amazonS3Client").asText("").equals("#archiveClient")
                && endpoint.parameters().path("conditionalWritesEnabled").asText("").equals("true");
    }
}

package fr.pennylanesync.lint;

import fr.pennylanesync.stream.FactsFault;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Calls to Pennylane leave through one step, whose client binds the company, its token and its budget. Any other would
 * be unscoped.
 */
final class OneApiDoor implements FileRule {

    /** The one step for records, with the client that it must name. */
    private static final Map<String, String> DOORS = Map.of("read-page", "#pennylaneHttp");
    /** The client for files: never carries a token, follows only links that the archive asked for. */
    private static final String FILE_CLIENT = "#fileHttp";

    private static final Set<String> HTTP =
            Set.of("http", "https", "vertx-http", "netty-http", "rest", "rest-api", "rest-openapi",
                    "undertow");
    private static final String PENNYLANE = "{{pennylane.";

    @Override
    public Stream<FactsFault> check(RouteFile file) {
        return file.endpoints().stream().filter(endpoint -> !endpoint.isConsumer() && isHttp(endpoint))
                .filter(endpoint -> !isScoped(file, endpoint))
                .map(endpoint -> file.fault(endpoint.at(), "an API call that is bound to no company",
                        "call direct:read-page: its client binds company, token and budget"));
    }

    private static boolean isHttp(Endpoint endpoint) {
        return HTTP.contains(endpoint.scheme()) || endpoint.uri().contains(PENNYLANE)
                || endpoint.uri().startsWith("${");
    }

    private static boolean isScoped(RouteFile file, Endpoint endpoint) {
        String client = endpoint.parameters().path("httpClientConfigurer").asText("");
        return client.equals(FILE_CLIENT) || file.folder() == Folder.STEPS && client.equals(DOORS.get(file.stem()));
    }
}

package fr.pennylanesync.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An operation of the API.
 *
 * @param subject whose record the first id of the path names; null for none
 */
public record ApiEndpoint(String method, List<String> segments, SandboxScopes scopes, Resource<?> subject,
        Function<ApiCall, ObjectNode> handler) {

    private static final String ID = "{id}";

    static ApiEndpoint get(String template, SandboxScopes scopes, Resource<?> subject,
            Function<ApiCall, ObjectNode> handler) {
        return new ApiEndpoint("GET", List.of(template.substring(1).split("/")), scopes, subject, handler);
    }

    static ApiEndpoint post(String template, SandboxScopes scopes, Function<ApiCall, ObjectNode> handler) {
        return new ApiEndpoint("POST", List.of(template.substring(1).split("/")), scopes, null, handler);
    }

    /** Whether it makes something, and answers 201. */
    public boolean creates() {
        return method.equals("POST");
    }

    /** Whether the path is this operation's. Fixed words win over ids: try the endpoints with fewer ids first. */
    boolean matches(List<String> path) {
        if (path.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < path.size(); i++) {
            if (!segments.get(i).equals(ID) && !segments.get(i).equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    long idCount() {
        return segments.stream().filter(ID::equals).count();
    }

    /** The ids in the path, or nothing when one of them is not an integer. */
    public Optional<List<Long>> ids(List<String> path) {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i).equals(ID)) {
                try {
                    ids.add(Long.valueOf(path.get(i)));
                } catch (NumberFormatException notAnId) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(ids);
    }

    /** Whether the path names one record or the whole of a stream, rather than a list under a record. */
    public boolean isTopLevel() {
        return segments.size() <= 2;
    }

    public String template() {
        return "/" + String.join("/", segments);
    }
}

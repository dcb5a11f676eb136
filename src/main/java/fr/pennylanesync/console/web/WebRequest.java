package fr.pennylanesync.console.web;

import fr.pennylanesync.console.page.Language;
import java.util.Map;
import java.util.Optional;

/**
 * One request, as pages need it.
 *
 * @param path without its query
 * @param uri with its query
 * @param parameters of path, query and form; of several with one name the first
 * @param csrf what a form must bring back
 * @param login whether the console asks for a login
 */
public record WebRequest(String path, String uri, Map<String, String> parameters, Viewer viewer, Language language,
        String csrf, boolean login) {

    public WebRequest {
        parameters = Map.copyOf(parameters);
    }

    /** Returns a parameter; empty where it is missing or blank. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /** Returns a parameter that is a number of at most eighteen digits. */
    public Optional<Long> number(String name) {
        return parameter(name).filter(value -> value.matches("\\d{1,18}")).map(Long::valueOf);
    }
}

package fr.pennylanesync.lint;

import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Describes a step that a file of routes must have.
 *
 * @param label how a finding names it
 * @param within the name of what it must stand in, directly or deeper
 * @param is recognises it
 * @param reason why it must be there, for the finding's remedy
 */
record GuardedStep(String label, String within, BiPredicate<RouteFile, RouteNode> is, String reason) {

    /** A call of a method of a bean. */
    static GuardedStep bean(String method, String within, String reason) {
        return new GuardedStep("step `" + method + "` within `" + within + "`", within,
                (file, node) -> node.key().equals("bean") && node.text("method").equals(method), reason);
    }

    /** A call of another route. */
    static GuardedStep call(String route, String within, String reason) {
        return new GuardedStep("call of direct:" + route + " within `" + within + "`", within,
                (file, node) -> endpoint(file, node).flatMap(Endpoint::direct).filter(route::equals).isPresent(),
                reason);
    }

    /** A message to an endpoint of a scheme. */
    static GuardedStep endpoint(String scheme, String within, String reason) {
        return new GuardedStep("call of " + scheme + " within `" + within + "`", within,
                (file, node) -> endpoint(file, node).filter(found -> found.scheme().equals(scheme)).isPresent(),
                reason);
    }

    /** A call of a method of a bean that the route makes in any case. */
    static GuardedStep always(String method, String reason) {
        return new GuardedStep("step `" + method + "` of the route itself", "from",
                (file, node) -> node.names().equals(List.of("route", "from", "steps", "bean"))
                        && node.text("method").equals(method),
                reason);
    }

    /**
     * The block that is passed once for each key of a repository; also a key that was passed before reaches its inner
     * steps.
     */
    static GuardedStep once(String repository, String within, String reason) {
        return new GuardedStep("step `idempotentConsumer` over " + repository
                + " with completionEager and without skipDuplicate, within `" + within + "`", within,
                (file, node) -> node.key().equals("idempotentConsumer")
                        && node.text("idempotentRepository").equals(repository)
                        && node.text("completionEager").equals("true")
                        && node.text("skipDuplicate").equals("false"),
                reason);
    }

    /** A step of Camel's own, wherever it stands. */
    static GuardedStep named(String name, String reason) {
        return new GuardedStep("step `" + name + "`", "steps", (file, node) -> node.key().equals(name), reason);
    }

    private static Optional<Endpoint> endpoint(RouteFile file, RouteNode node) {
        return file.endpoints().stream().filter(endpoint -> !endpoint.isConsumer() && endpoint.at().equals(node))
                .findFirst();
    }

    /** The first place where it stands as it must. */
    Optional<RouteNode> in(RouteFile file) {
        return file.nodes().stream().filter(node -> node.names().contains(within) && is.test(file, node)).findFirst();
    }
}

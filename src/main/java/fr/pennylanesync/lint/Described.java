package fr.pennylanesync.lint;

import fr.pennylanesync.stream.FactsFault;
import fr.pennylanesync.stream.RouteFiles;
import java.util.Arrays;
import java.util.stream.Stream;

/** Every route says what it is for, and which policy decides when it fails. */
final class Described implements Rule {

    private static final String POLICY = "routeConfigurationId";

    @Override
    public Stream<FactsFault> check(RouteTree tree) {
        return tree.files().stream().filter(file -> file.folder() != Folder.POLICIES)
                .flatMap(file -> Stream.concat(description(file), policy(tree, file)));
    }

    private static Stream<FactsFault> description(RouteFile file) {
        return file.element().text("description").isBlank()
                ? Stream.of(file.fault(file.element(), "no description", "say in one sentence what the route does"))
                : Stream.empty();
    }

    private static Stream<FactsFault> policy(RouteTree tree, RouteFile file) {
        String policies = file.element().text(POLICY);
        if (policies.isBlank()) {
            return Stream
                    .of(file.fault(file.element(), "no failure policy", "set `" + POLICY + "` to a file of policies/"));
        }
        return Arrays.stream(policies.split(",")).map(String::strip)
                .filter(policy -> !tree.has(Folder.POLICIES, policy))
                .map(policy -> file.fault(file.node(file.element().pointer() + "/" + POLICY),
                        "no such policy: " + policy,
                        "create policies/" + policy + RouteFiles.ENDING + " or correct the name"));
    }
}

package fr.pennylanesync.lint;

import fr.pennylanesync.stream.FactsFault;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rows move between numbered pages while they are read: some would be missed, some read twice. */
final class NoPageNumbers implements FileRule {

    private static final Pattern TEXT =
            Pattern.compile("\\b(?:page|per_page|page_number|offset)=|\\boffset\\s+[\\d:?$#]",
                    Pattern.CASE_INSENSITIVE);
    private static final Set<String> PARAMETERS = Set.of("page", "per_page", "page_number", "offset");

    @Override
    public Stream<FactsFault> check(RouteFile file) {
        Stream<RouteNode> texts = file.texts().filter(text -> TEXT.matcher(text.text()).find());
        Stream<RouteNode> options = file.nodes().stream()
                .filter(node -> node.owner().equals("parameters") && PARAMETERS.contains(node.key()));
        return Stream.concat(texts, options).map(node -> file.fault(node, "paging by number or offset",
                "leave paging to direct:read-page: it goes by keyset or cursor"));
    }
}

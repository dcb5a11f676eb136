package fr.pennylanesync.acceptance;

import fr.pennylanesync.sandbox.LoggedRequest;
import fr.pennylanesync.stream.ReadStrategy;
import fr.pennylanesync.stream.StreamDefinition;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Counts what was asked for again after a kill, from the server's own log. A stream has one batch in flight at most:
 * one page of a keyset list, the slice or the whole of a list that only a cursor walks, the sub-lists of ten parents. A
 * list that was read to its end is not asked for again at all, but for what a proof asks: which of the records have a
 * value, and which values came to the list of them meanwhile. Of these one is in flight at most, too.
 */
final class ReadTwice {

    private static final String BASE = "/api/external/v2";
    private static final int PARENTS_PER_BATCH = 10;
    /** Asks for the list of all values, as no page of a list does: the first has no filter. */
    private static final String ANY_VALUE = "\"operator\":\"gt\",\"value\":0}";

    /** One company's stream. */
    record ReadPlace(long companyId, String stream) {}

    /** @param query without its cursor: a cursor may be spelled anew */
    private record Asked(ReadPlace place, String path, String query) {}

    private final Collection<StreamDefinition> streams;
    private final Set<Asked> before = new HashSet<>();

    ReadTwice(Collection<StreamDefinition> streams) {
        this.streams = streams;
    }

    /**
     * @param requests of one run
     * @param ended the lists that were read to their end before the run
     * @return one line per stream that was asked for more than its batch again
     */
    List<String> excess(List<LoggedRequest> requests, Set<ReadPlace> ended) {
        Set<Asked> now = requests.stream().flatMap(request -> asked(request).stream()).collect(Collectors.toSet());
        Map<ReadPlace, List<Asked>> again = now.stream().filter(before::contains)
                .collect(Collectors.groupingBy(Asked::place));
        before.addAll(now);
        List<String> excess = new ArrayList<>();
        again.forEach((place, asked) -> {
            int allowed = ended.contains(place) ? 0 : batch(place.stream());
            boolean oneQuestion = allowed == 0 && asked.size() == 1 && isQuestion(asked.get(0));
            if (asked.size() > allowed && !oneQuestion) {
                excess.add(place + ": " + allowed + " requests again are allowed, not " + asked);
            }
        });
        return excess;
    }

    /** Tells whether that is what a proof asks: no list is read by such a question. */
    private boolean isQuestion(Asked asked) {
        return streams.stream().map(stream -> stream.evidence().filteredBy())
                .anyMatch(filteredBy -> filteredBy.containsKey(asked.place().stream())
                        && asked.query().contains(ANY_VALUE)
                        || filteredBy.values().stream().anyMatch(field -> asked.query().contains(field)));
    }

    /** Without their cursors, the pages of a list or of a slice count as one request. */
    private int batch(String name) {
        StreamDefinition stream = streams.stream().filter(known -> known.name().equals(name)).findFirst().orElseThrow();
        return stream.reading() == ReadStrategy.CHILDREN ? PARENTS_PER_BATCH : 1;
    }

    private Optional<Asked> asked(LoggedRequest request) {
        if (request.tokenCompanyId().isEmpty() || !request.path().startsWith(BASE)) {
            return Optional.empty();
        }
        String path = request.path().substring(BASE.length());
        String query = URLDecoder.decode(request.query(), StandardCharsets.UTF_8).replaceAll("&?cursor=[^&]*", "");
        return streams.stream().filter(stream -> path.matches(stream.path().replace("{parent}", "\\d+"))).findFirst()
                .map(stream -> new Asked(new ReadPlace(request.tokenCompanyId().getAsLong(), stream.name()), path,
                        query));
    }
}

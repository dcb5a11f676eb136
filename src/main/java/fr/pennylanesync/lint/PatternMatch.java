package fr.pennylanesync.lint;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import fr.pennylanesync.stream.FactsFault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Holds a route file against its pattern and keeps what it finds: where each step stands, and what is wrong. */
final class PatternMatch {

    private final RouteFile file;
    private final Map<JsonPointer, JsonPointer> places;
    private final List<FactsFault> faults = new ArrayList<>();

    private PatternMatch(RouteFile file, Map<JsonPointer, JsonPointer> places) {
        this.file = file;
        this.places = new HashMap<>(places);
    }

    static PatternMatch of(RouteFile file, StepPattern pattern) {
        PatternMatch match = new PatternMatch(file, Map.of());
        match.mapping(pattern, file.element().pointer(), file.folder().element());
        return match;
    }

    List<FactsFault> faults() {
        return List.copyOf(faults);
    }

    /** Says where what stands in the table was found in the file, by their pointers. */
    Map<JsonPointer, JsonPointer> places() {
        return Map.copyOf(places);
    }

    private void mapping(StepPattern pattern, JsonPointer at, String label) {
        places.put(pattern.at(), at);
        JsonNode found = file.root().at(at);
        pattern.fields().forEach(name -> field(pattern.field(name), at.appendProperty(name), name, label));
        pattern.strangers(found).forEach(name -> fault(at.appendProperty(name), "step `" + label + "` has `" + name
                + "`", "remove it: " + pattern.why()));
    }

    private void field(StepPattern pattern, JsonPointer at, String name, String label) {
        JsonNode found = file.root().at(at);
        if (StepPattern.isSequence(name)) {
            places.put(pattern.at(), at);
            sequence(pattern, at, label);
        } else if (pattern.value().isValueNode() || !hasSteps(pattern.value())) {
            value(pattern, at, name, label);
        } else if (pattern.value().isArray() && found.size() == pattern.value().size()) {
            IntStream.range(0, found.size()).forEach(i -> mapping(pattern.item(i), at.appendIndex(i), name));
        } else if (pattern.value().isObject() && found.isObject()) {
            mapping(pattern, at, name);
        } else {
            fault(at, "step `" + label + "` has no `" + name + "`, or more of them than it must",
                    "put it back as it was: " + pattern.why());
        }
    }

    private static boolean hasSteps(JsonNode value) {
        return value.findParent("steps") != null;
    }

    private void value(StepPattern pattern, JsonPointer at, String name, String label) {
        places.put(pattern.at(), at);
        if (!pattern.isSame(file.root().at(at))) {
            fault(at, "step `" + label + "` has another `" + name + "`, or none",
                    "write `" + name + ": " + pattern.value().toString().replace("\"", "") + "`: " + pattern.why());
        }
    }

    private void sequence(StepPattern pattern, JsonPointer at, String label) {
        int last = -1;
        String before = "the begin of `" + label + "`";
        for (int i = 0; i < pattern.value().size(); i++) {
            StepPattern step = pattern.item(i);
            Optional<Candidate> found = candidate(step, at, last + 1);
            if (found.isPresent()) {
                last = found.get().index();
                take(found.get());
            } else {
                displaced(step, at, last, "within `" + label + "`, behind " + before);
            }
            before = "`" + step.label() + "`";
        }
    }

    /** One place where the step could be meant to stand. */
    private record Candidate(int index, PatternMatch match) {}

    /** The first that is right in all that is within it; else the first. */
    private Optional<Candidate> candidate(StepPattern step, JsonPointer at, int from) {
        return IntStream.range(from, Math.max(from, file.root().at(at).size()))
                .filter(i -> step.isThis(file.root().at(at.appendIndex(i)))).mapToObj(i -> tried(step, at, i))
                .min(Comparator.comparing(tried -> !tried.match().faults.isEmpty()));
    }

    private Candidate tried(StepPattern step, JsonPointer at, int index) {
        PatternMatch match = new PatternMatch(file, places);
        match.places.put(step.at(), at.appendIndex(index));
        match.strangers(step, at.appendIndex(index));
        match.mapping(step.field(step.kind()), at.appendIndex(index).appendProperty(step.kind()), step.label());
        return new Candidate(index, match);
    }

    private void strangers(StepPattern step, JsonPointer at) {
        step.strangers(file.root().at(at)).forEach(name -> fault(at, "step `" + step.label() + "` has `" + name
                + "` beside it", "remove it: " + step.why()));
    }

    private void take(Candidate candidate) {
        places.putAll(candidate.match().places);
        faults.addAll(candidate.match().faults);
    }

    private void displaced(StepPattern step, JsonPointer at, int last, String where) {
        Optional<Candidate> early = IntStream.rangeClosed(0, last).filter(i -> isFree(step, at.appendIndex(i)))
                .mapToObj(i -> tried(step, at, i)).findFirst();
        early.ifPresent(this::take);
        fault(early.map(found -> at.appendIndex(found.index())).orElse(at), early.isPresent()
                ? "step `" + step.label() + "` comes too early"
                : "no step `" + step.label() + "`",
                "put it " + where + ": " + step.why());
    }

    private boolean isFree(StepPattern step, JsonPointer place) {
        return step.isThis(file.root().at(place)) && !places.containsValue(place);
    }

    private void fault(JsonPointer at, String rule, String remedy) {
        faults.add(file.fault(at, rule, remedy));
    }
}

package fr.pennylanesync.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All streams that the files of {@code routes/streams/} declare, parents and children resolved. Immutable. */
public final class StreamCatalog {

    private final Map<String, StreamDefinition> streams;

    private StreamCatalog(Map<String, StreamDefinition> streams) {
        this.streams = streams;
    }

    /**
     * @param enabled overrides of the files' {@code enabled}, from {@code streams.<stream>.enabled}
     * @throws FactsRefused with every fault of every file
     */
    public static StreamCatalog load(Path routes, Map<String, Boolean> enabled) {
        List<Fault> faults = new ArrayList<>();
        Map<String, StreamDefinition> streams = new TreeMap<>();
        for (Path file : files(routes.resolve("streams"))) {
            try {
                StreamDefinition stream = StreamFile.read(file.getFileName().toString(), Files.readString(file));
                streams.put(stream.name(), stream);
            } catch (FactsRefused refused) {
                faults.addAll(refused.faults());
            } catch (IOException e) {
                faults.add(new Fault(file.getFileName().toString(), 0, "cannot be read", "check its mode and encoding (UTF-8)"));
            }
        }
        streams.values().stream().filter(s -> s.parent().filter(p -> !streams.containsKey(p)).isPresent())
                .forEach(s -> faults.add(new Fault(s.name() + ".yaml", 0, "its parent is no stream", "declare the parent's file first")));
        enabled.keySet().stream().filter(name -> !streams.containsKey(name))
                .forEach(name -> faults.add(new Fault("streams." + name + ".enabled", 0, "no such stream", "remove the key")));
        if (!faults.isEmpty()) {
            throw new FactsRefused(faults);
        }
        streams.replaceAll((name, stream) -> enabled.containsKey(name) ? stream.withEnabled(enabled.get(name)) : stream);
        return new StreamCatalog(streams);
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted(Comparator.naturalOrder()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Collection<StreamDefinition> all() {
        return streams.values();
    }

    public Optional<StreamDefinition> find(String name) {
        return Optional.ofNullable(streams.get(name));
    }

    /** The enabled streams that are lists of their own. */
    public List<StreamDefinition> roots() {
        return streams.values().stream().filter(s -> s.enabled() && !s.isChild()).toList();
    }

    /** The enabled child streams of a stream. */
    public List<StreamDefinition> childrenOf(String parent) {
        return streams.values().stream().filter(s -> s.enabled() && s.parent().filter(parent::equals).isPresent()).toList();
    }
}

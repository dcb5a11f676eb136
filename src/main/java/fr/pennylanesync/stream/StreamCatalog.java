package fr.pennylanesync.stream;

import fr.pennylanesync.personal.PersonalData;
import fr.pennylanesync.personal.PrivacyRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All streams that the files of {@code routes/streams/} declare, parents and children resolved. Immutable. */
public final class StreamCatalog {

    private final Map<String, StreamDefinition> streams;

    StreamCatalog(Map<String, StreamDefinition> streams) {
        this.streams = streams;
    }

    /**
     * @param enabled overrides of the files' {@code enabled}, from {@code streams.<stream>.enabled}
     * @throws RoutesException with every fault of every file
     */
    public static StreamCatalog load(Path routes, Map<String, Boolean> enabled) {
        return load(routes, new StreamOptions(enabled, PrivacyRules.NONE));
    }

    /**
     * Loads the streams as the configuration has them.
     *
     * @throws RoutesException with every fault of every file, and of what is said of streams that there are not
     */
    public static StreamCatalog load(Path routes, StreamOptions options) {
        Map<String, Boolean> enabled = options.enabled();
        List<Path> paths = RouteFiles.in(folder(routes));
        Set<String> names = paths.stream().map(path -> RouteFiles.stem(path.toString())).collect(Collectors.toSet());
        List<FactsFault> faults = new ArrayList<>();
        Map<String, StreamFile> files = new TreeMap<>();
        Set<String> stems = new HashSet<>();
        for (Path path : paths) {
            String file = "streams/" + path.getFileName();
            if (!stems.add(RouteFiles.stem(file))) {
                faults.add(RouteFiles.twice(file));
                continue;
            }
            try {
                files.put(RouteFiles.stem(file), ReadFiles.open(file, Files.readString(path)));
            } catch (RoutesException refused) {
                faults.addAll(refused.faults());
            } catch (IOException e) {
                faults.add(new FactsFault(file, 0, "cannot be read", "check its mode and encoding (UTF-8)"));
            }
        }
        files.values().stream()
                .filter(file -> file.definition().parent().filter(parent -> !names.contains(parent)).isPresent())
                .forEach(file -> faults
                        .add(file.fault(Fact.PARENT, "its parent is no stream", "declare the parent's file first")));
        enabled.keySet().stream().filter(name -> !names.contains(name))
                .forEach(name -> faults
                        .add(new FactsFault("streams." + name + ".enabled", 0, "no such stream", "remove the key")));
        files.values().forEach(file -> faults.addAll(strangers(file, files)));
        Map<String, StreamDefinition> streams = switched(files, enabled);
        if (faults.isEmpty()) {
            faults.addAll(options.faults(streams));
        }
        if (!faults.isEmpty()) {
            throw new RoutesException(faults);
        }
        belowParents(streams);
        return new StreamCatalog(optioned(streams, options));
    }

    private static Map<String, StreamDefinition> optioned(Map<String, StreamDefinition> streams,
            StreamOptions options) {
        streams.replaceAll((name, stream) -> stream.ruledBy(options.privacy())
                .since(Optional.ofNullable(options.since().get(name))));
        return streams;
    }

    private static void belowParents(Map<String, StreamDefinition> streams) {
        streams.replaceAll((name, stream) -> stream.parent().map(streams::get)
                .map(parent -> stream.with(stream.personal().below(parent.personal()))).orElse(stream));
    }

    /** A child's records can be those of nobody whom the parent's record does not name. */
    private static List<FactsFault> strangers(StreamFile child, Map<String, StreamFile> files) {
        Optional<StreamFile> parent = child.definition().parent().map(files::get);
        return child.definition().personal().persons().entrySet().stream()
                .filter(person -> person.getValue().equals(List.of(PersonalData.PARENT)))
                .filter(person -> parent.filter(of -> !of.definition().personal().persons()
                        .containsKey(person.getKey())).isPresent())
                .map(person -> child.fault(Fact.PERSONS, person.getKey(),
                        "no record of its parent names a " + person.getKey(), "list the person in the parent's file"))
                .toList();
    }

    private static Path folder(Path routes) {
        Path folder = routes.resolve("streams");
        if (!Files.isDirectory(folder)) {
            throw new RoutesException(List.of(new FactsFault(folder.toString(), 0, "no such directory",
                    "check `routes.directory` and its mount")));
        }
        return folder;
    }

    private static Map<String, StreamDefinition> switched(Map<String, StreamFile> files, Map<String, Boolean> enabled) {
        Map<String, StreamDefinition> streams = new TreeMap<>();
        files.forEach((name, file) -> streams.put(name,
                file.definition().withEnabled(enabled.getOrDefault(name, file.definition().enabled()))));
        return streams;
    }

    public Collection<StreamDefinition> all() {
        return streams.values();
    }

    public Set<String> names() {
        return Set.copyOf(streams.keySet());
    }

    public Optional<StreamDefinition> find(String name) {
        return Optional.ofNullable(streams.get(name));
    }

    /** Tells whether a stream is switched on, as its parent is: what is switched off is read by nobody. */
    public boolean isSwitchedOn(String name) {
        return find(name).filter(StreamDefinition::enabled)
                .filter(stream -> stream.parent().map(this::isSwitchedOn).orElse(true)).isPresent();
    }

    /** Returns the names of the streams that are switched on. */
    public List<String> switchedOn() {
        return streams.keySet().stream().filter(this::isSwitchedOn).toList();
    }

    /**
     * Tells whether a stream is read: it is switched on and permitted, as its parent is. Trouble with anything else
     * never ends, because nobody tries it again, and so is none.
     *
     * @param allowed what the company's token says of single scopes; the data sharing may show a stream without one
     */
    public boolean isRead(String name, Predicate<String> allowed) {
        return find(name).filter(StreamDefinition::enabled)
                .filter(stream -> stream.isShareOnly() || stream.isReadableWith(allowed))
                .filter(stream -> stream.parent().map(parent -> isRead(parent, allowed)).orElse(true)).isPresent();
    }

    /** The enabled streams that are lists of their own. */
    public List<StreamDefinition> roots() {
        return streams.values().stream().filter(s -> s.enabled() && !s.isChild()).toList();
    }

    /** The enabled child streams of a stream. */
    public List<StreamDefinition> childrenOf(String parent) {
        return streams.values().stream().filter(s -> s.enabled() && s.parent().filter(parent::equals).isPresent())
                .toList();
    }

    /** Returns what a change of this stream's records reaches. */
    public Dependents dependentsOf(String stream) {
        List<StreamDefinition> children = childrenOf(stream);
        Map<String, Set<String>> mirrors = new HashMap<>();
        Stream.concat(Stream.of(stream), children.stream().map(StreamDefinition::name))
                .forEach(name -> mirrors.put(name, mirrorsOf(name)));
        return new Dependents(children,
                streams.values().stream().filter(s -> s.enabled() && s.embeds().containsKey(stream)).toList(),
                mirrors);
    }

    private Set<String> mirrorsOf(String name) {
        return streams.values().stream().filter(s -> s.enabled() && s.evidence().mirrors().containsKey(name))
                .map(StreamDefinition::name).collect(Collectors.toSet());
    }
}

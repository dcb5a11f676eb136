package fr.pennylanesync.logging;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.event.Level;

/** The declaration of one event, read from its record once. */
record EventDeclaration(Class<?> type, String name, Level level, String means, String action,
        List<Component> components) {

    /** A field of an event and where its value is read. */
    record Component(EventField field, Method accessor) {

        private Optional<Object> valueIn(Event event) {
            try {
                return present(accessor.invoke(event));
            } catch (IllegalAccessException | InvocationTargetException impossible) {
                throw new IllegalStateException("the accessor of a record only returns its component", impossible);
            }
        }

        /** An event without one of its values is still told: a line of the log must not be lost because of it. */
        private static Optional<Object> present(Object value) {
            if (value instanceof OptionalLong number) {
                return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
            }
            return value instanceof Optional<?> optional ? optional.map(Object.class::cast)
                    : Optional.ofNullable(value);
        }
    }

    /** Holds those that were read: an event is read before it is logged, and a short command logs few of them. */
    private static final Map<String, EventDeclaration> BY_NAME = new ConcurrentHashMap<>();
    private static final ClassValue<EventDeclaration> DECLARATIONS = new ClassValue<>() {
        @Override
        protected EventDeclaration computeValue(Class<?> type) {
            EventDeclaration read = read(type);
            BY_NAME.put(read.name(), read);
            return read;
        }
    };

    /** Lists the interfaces that group the events. */
    static List<Class<?>> topics() {
        return List.of(Event.class.getPermittedSubclasses());
    }

    /** Lists the events of a topic in the order in which they are declared. */
    static List<EventDeclaration> in(Class<?> topic) {
        return Arrays.stream(topic.getPermittedSubclasses()).map(DECLARATIONS::get).toList();
    }

    static EventDeclaration of(Event event) {
        return DECLARATIONS.get(event.getClass());
    }

    /** Tells whether an event of this name was logged. */
    static boolean isDeclared(String name) {
        return BY_NAME.containsKey(name);
    }

    /** Returns the declaration of an event that was logged. */
    static Optional<EventDeclaration> named(String name) {
        return Optional.ofNullable(name).map(BY_NAME::get);
    }

    /**
     * Reads the values of an event by the names of its fields, in the declared order, without those that are absent.
     */
    Map<String, Object> fieldsOf(Event event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        components.forEach(component -> component.valueIn(event)
                .ifPresent(value -> fields.put(component.field().fieldName(), value)));
        return fields;
    }

    private static EventDeclaration read(Class<?> type) {
        Event.Declared declared = type.getAnnotation(Event.Declared.class);
        return new EventDeclaration(type, snakeCase(type.getSimpleName()), declared.level(), declared.means(),
                declared.action(),
                Arrays.stream(type.getRecordComponents()).map(EventDeclaration::component).toList());
    }

    private static Component component(RecordComponent component) {
        return new Component(EventField.valueOf(snakeCase(component.getName()).toUpperCase(Locale.ROOT)),
                component.getAccessor());
    }

    private static String snakeCase(String camelCase) {
        return camelCase.replaceAll("(?<=.)(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}

package fr.pennylanesync.logging;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.slf4j.event.Level;

/**
 * Something that the log can tell. Every event is a record below one of these topics: its class names the event
 * ({@code StreamStopped} is logged as {@code stream_stopped}), its components are the fields. The compiler therefore
 * refuses a call that names an event or a field which is not declared.
 */
public sealed interface Event
        permits CompanyEvent, SyncEvent, AuditEvent, ShareEvent, ArchiveEvent, RouteEvent, ScheduleEvent,
        WarehouseEvent, AlarmEvent, ProcessEvent, SandboxEvent {

    /** The declaration of an event: how loud it is and what docs/reference/events.md says about it. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface Declared {

        /** The level at which the event is logged. */
        Level level();

        /** One sentence that says what has happened. */
        String means();

        /** One sentence that says what a reader has to do. */
        String action() default "Nothing.";
    }

    /** The heading under which docs/reference/events.md lists the events of an interface. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface Topic {
        String value();
    }
}

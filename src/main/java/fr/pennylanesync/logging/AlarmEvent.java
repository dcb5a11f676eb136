package fr.pennylanesync.logging;

import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.event.Level;

/** Declares the events of alarms. */
@Event.Topic("Alarms")
public sealed interface AlarmEvent extends Event {

    @Declared(
            level = Level.WARN,
            means = "An alarm started; it stands in `pennylane_sync.alarm` until its condition is gone.",
            action = "Do what `remedy` says.")
    record AlarmStarted(long alarm, String code, OptionalLong company, Optional<String> stream, String reason,
            String remedy) implements AlarmEvent {}

    @Declared(level = Level.INFO, means = "The condition of an alarm is gone.")
    record AlarmEnded(long alarm, String code, OptionalLong company, Optional<String> stream, long afterS)
            implements AlarmEvent {}

    @Declared(
            level = Level.WARN,
            means = "Alarms could not be told; they are kept, and told as soon as that is possible.",
            action = "Do what `remedy` says.")
    record AlarmsNotTold(String code, String remedy) implements AlarmEvent {}

    @Declared(level = Level.INFO, means = "Alarms can be told again.")
    record AlarmsToldAgain() implements AlarmEvent {}
}

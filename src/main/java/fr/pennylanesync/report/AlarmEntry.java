package fr.pennylanesync.report;

import java.time.Instant;
import java.util.Optional;

/**
 * One alarm.
 *
 * @param company empty where it is about all; the alias is empty where the company is no longer known
 * @param endedAt empty while it lasts
 */
public record AlarmEntry(long id, String code, Optional<Long> company, Optional<String> alias, Optional<String> stream,
        Instant startedAt, Optional<Instant> endedAt, String reason, String remedy) {}

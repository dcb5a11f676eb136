package fr.pennylanesync.schedule;

import java.time.Instant;
import java.util.Optional;

/**
 * The last sync of a company.
 *
 * @param endedAt empty while it is under way, or if its process died
 */
public record CompanyRun(Instant begunAt, Optional<Instant> endedAt) {}

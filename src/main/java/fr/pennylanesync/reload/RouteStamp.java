package fr.pennylanesync.reload;

import java.time.Instant;

/**
 * Says what a route file was when it was read.
 *
 * @param hash of its content
 * @param modifiedAt when somebody wrote it last, as its file system tells; no decision rests on it
 */
public record RouteStamp(String hash, Instant modifiedAt) {}

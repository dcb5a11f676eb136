package fr.pennylanesync.archive;

import java.util.Optional;

/**
 * A file that waits to be fetched.
 *
 * @param batchId the batch that noted it: if a later one has noted it again meanwhile, what is recorded here leaves
 * that alone
 * @param name only ever looked at for the type that it promises
 * @param attempts made so far
 */
public record PendingFile(long id, FileKey key, long batchId, Optional<String> name, int attempts) {}

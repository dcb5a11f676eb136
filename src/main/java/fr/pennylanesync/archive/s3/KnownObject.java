package fr.pennylanesync.archive.s3;

/**
 * An object as the file table knows it.
 *
 * @param read whether its content is verified, and not its presence and size alone
 */
record KnownObject(String key, long size, byte[] hash, boolean read) {}

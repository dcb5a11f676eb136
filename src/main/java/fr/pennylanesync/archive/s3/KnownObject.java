package fr.pennylanesync.archive.s3;

/** An object as the file table knows it. */
record KnownObject(String key, long size, byte[] hash) {}

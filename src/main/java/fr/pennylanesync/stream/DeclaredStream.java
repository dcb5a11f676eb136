package fr.pennylanesync.stream;

/**
 * The type that a stream file gives its bean. Camel makes one for each file and hands it the facts as flat, sorted,
 * camel-cased properties; it keeps none of them, because the order of columns, dashes and the dots in a path are lost
 * by then. The catalog reads the same block from the file, with its lines, and is the only reader.
 */
public final class DeclaredStream {}

/**
 * This package reads what a stream file declares: path, paging, columns, files and the order of streams.
 */
package fr.pennylanesync.stream;

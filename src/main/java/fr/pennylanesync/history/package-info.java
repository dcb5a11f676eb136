/**
 * This package reads a stream's history over the data sharing: month by month, in one snapshot each, compared by
 * digests.
 */
package fr.pennylanesync.history;

/**
 * This package knows which files are due, reads their fresh links in passes, and records what became of each file.
 */
package fr.pennylanesync.archive;

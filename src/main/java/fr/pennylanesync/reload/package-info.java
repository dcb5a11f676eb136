/**
 * Route files as they change: what lay in the directory at one moment, whether it may run, and what came of it. Starts
 * nothing; package {@code camel} does.
 */
package fr.pennylanesync.reload;

/**
 * This package has the commands: they read their options, call what does the work, and choose an exit code.
 */
package fr.pennylanesync.cli;

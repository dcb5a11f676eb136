/**
 * Writes for a person at a terminal: lines that fit its width, tables, the one line of progress, numbers in words. It
 * knows no command and no record.
 */
package fr.pennylanesync.terminal;

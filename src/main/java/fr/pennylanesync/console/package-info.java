/**
 * Shows people and machines the process while it runs: health, metrics, a page. It reads only, asks for no login, and
 * shows no record.
 */
package fr.pennylanesync.console;

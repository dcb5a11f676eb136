/**
 * What people and machines look at while it runs: health, metrics, a page. Reads only, asks for no login, and shows no
 * record.
 */
package fr.pennylanesync.console;

/**
 * Shows people and machines the process while it runs: pages, health and metrics. What an operator asks for on a page
 * is handed on; no page shows a record.
 */
package fr.pennylanesync.console;

/**
 * This package serves what people and machines look at while the program runs: health, metrics, a page. It only reads,
 * asks for no login, and shows no record.
 */
package fr.pennylanesync.console;

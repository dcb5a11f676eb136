/**
 * This package keeps what a landing must remember beside the rows: what is due, set aside, already seen, or to be
 * fetched, and how far each stream has come. All of it is written in the caller's transaction.
 */
package fr.pennylanesync.landing.state;

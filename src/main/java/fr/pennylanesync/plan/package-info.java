/**
 * This package decides what a sync does to a stream: which passes are due, in which order, and how the stream's state
 * moves as they end.
 */
package fr.pennylanesync.plan;

/**
 * This package keeps how far each stream has been read. A position moves by compare-and-set, in the transaction that
 * lands what was read.
 */
package fr.pennylanesync.checkpoint;

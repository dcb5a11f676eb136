/**
 * This package makes canonical JSON, and the hashes of a record, of a batch and of the chain of batches.
 */
package fr.pennylanesync.hash;

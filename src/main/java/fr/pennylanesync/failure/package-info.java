/**
 * The one vocabulary of failures: an exception, the interface of its codes, and the words that a code is described in.
 * Each package brings an enum of its own codes; this one knows none of them, so that every package may depend on it.
 */
package fr.pennylanesync.failure;

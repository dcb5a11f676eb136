/**
 * This package has the one vocabulary of failures: an exception, and the interface of its codes. Each package brings an
 * enum of its own codes; this one knows none of them, so that every package may depend on it.
 */
package fr.pennylanesync.failure;

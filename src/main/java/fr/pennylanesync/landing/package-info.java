/**
 * This package writes one batch: rows, replaced versions, ledger, what became due and the checkpoint, in the caller's
 * transaction. It reads back what it wrote, and calls nobody above it.
 */
package fr.pennylanesync.landing;

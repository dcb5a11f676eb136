/**
 * This package makes the signed documents that anchor the chains of the ledger outside the database, and holds a
 * warehouse against them.
 */
package fr.pennylanesync.digest;

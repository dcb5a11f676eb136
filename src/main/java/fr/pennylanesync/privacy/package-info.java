/** This package takes personal data out of what stands in the warehouse, and seals that in the ledger. */
package fr.pennylanesync.privacy;

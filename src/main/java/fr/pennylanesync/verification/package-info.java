/** Tells whether the warehouse is unchanged since it was landed: rows, versions, ledger and chain, recomputed. */
package fr.pennylanesync.verification;

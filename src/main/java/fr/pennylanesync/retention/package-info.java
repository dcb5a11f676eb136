/** Thins what has grown old in the ledger and the replaced versions, by the one function that seals what it removes. */
package fr.pennylanesync.retention;

/** Comparisons of the warehouse with an independent source, their results kept in {@code pennylane_sync.audit}. */
package fr.pennylanesync.audit;

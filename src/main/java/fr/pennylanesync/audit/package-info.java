/**
 * This package compares the warehouse with an independent source, and keeps the results in
 * {@code pennylane_sync.audit}.
 */
package fr.pennylanesync.audit;

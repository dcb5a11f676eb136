/**
 * This package answers questions about the warehouse: what stands in it, what is set aside, and whether it is
 * unchanged.
 */
package fr.pennylanesync.report;

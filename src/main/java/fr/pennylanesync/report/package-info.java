/** This package answers questions about the warehouse: what stands in it, and what is set aside. */
package fr.pennylanesync.report;

/** Decides who reads a company: one process at a time, on any number of machines that share a warehouse. */
package fr.pennylanesync.lease;

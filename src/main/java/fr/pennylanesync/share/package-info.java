/**
 * Pennylane's data sharing: a Redshift that many companies' rows can be read from with one login. Connections, the one
 * SQL text for Amazon's driver and PostgreSQL's, partitions, and the digest that both ends of a transfer compute. Knows
 * no Camel and writes nothing.
 */
package fr.pennylanesync.share;

/**
 * This package reads Pennylane's data sharing, a Redshift that shows the rows of many companies to one login: its
 * connections, its SQL, its partitions, and the digest that both ends of a transfer compute. It writes nothing.
 */
package fr.pennylanesync.share;

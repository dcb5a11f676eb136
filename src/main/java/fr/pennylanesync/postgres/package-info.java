/**
 * This package runs the embedded PostgreSQL server. The sandbox may use it, and no other package of the warehouse.
 */
package fr.pennylanesync.postgres;

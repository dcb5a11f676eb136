/**
 * This package opens the PostgreSQL that everything lands in, the user's own or the embedded one, and brings its schema
 * up to date.
 */
package fr.pennylanesync.warehouse;

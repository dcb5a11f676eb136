/**
 * This package reads the files that hold tokens, refreshes OAuth grants, and knows when a token expires.
 */
package fr.pennylanesync.token;

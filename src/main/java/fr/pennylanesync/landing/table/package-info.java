/**
 * This package writes and reads the rows of the streams' own tables, which it makes from the stream files, in the
 * caller's transaction.
 */
package fr.pennylanesync.landing.table;

/**
 * This package writes log lines: their format, and the masking of whatever must not be read in them.
 */
package fr.pennylanesync.logging;

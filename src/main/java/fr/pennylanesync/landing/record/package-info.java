/**
 * This package makes of a JSON record, or of a row of the data sharing, what is stored: canonical payload, hash and
 * typed column values. It knows no table and no database.
 */
package fr.pennylanesync.landing.record;

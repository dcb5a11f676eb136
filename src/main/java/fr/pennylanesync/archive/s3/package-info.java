/**
 * This package keeps files in S3 under their content's address, and reads them back against their hashes. It knows no
 * database.
 */
package fr.pennylanesync.archive.s3;

/**
 * This package downloads a file into a folder and checks it. It follows no redirect into a private network and sends no
 * token.
 */
package fr.pennylanesync.archive.download;

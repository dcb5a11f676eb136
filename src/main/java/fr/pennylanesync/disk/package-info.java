/** This package makes directories and files that nobody but their owner may use. */
package fr.pennylanesync.disk;

/** Holds what the other packages need to work on several threads. */
package fr.pennylanesync.concurrent;

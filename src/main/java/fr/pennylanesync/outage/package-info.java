/** Tells once that a part this process depends on is away, and once that it is back. */
package fr.pennylanesync.outage;

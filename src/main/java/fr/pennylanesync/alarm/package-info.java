/** Keeps alarms from their start to their end, and says of which somebody has still to be told. */
package fr.pennylanesync.alarm;

/** Makes spans of what runs, and sends them to an OTLP server, where one is configured. */
package fr.pennylanesync.tracing;

/** This package says what is personal, and makes of a personal value what the rules want. It knows no stream. */
package fr.pennylanesync.personal;

/**
 * This package reads each kind of list, page by page: it makes the next request, and says when a batch is complete. It
 * knows neither Camel nor the database.
 */
package fr.pennylanesync.pass;

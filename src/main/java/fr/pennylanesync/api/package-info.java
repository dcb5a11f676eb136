/**
 * This package sends requests to Pennylane's Company API, with the company's token and within its budget, and turns
 * each refusal into one failure. It knows neither streams nor the warehouse nor Camel: its transport is a handler in
 * the HTTP client's own chain, so the same rules hold for a route and for a command.
 */
package fr.pennylanesync.api;

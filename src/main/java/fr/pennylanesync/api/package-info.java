/**
 * Pennylane's Company API v2: one page at a time, one typed failure, one request budget per token.
 *
 * <p>Nothing here knows a stream or the warehouse, and nothing here imports Camel: the transport is a handler in the
 * HTTP client's own chain, so the same rules hold for a route and for a command.
 */
package fr.pennylanesync.api;

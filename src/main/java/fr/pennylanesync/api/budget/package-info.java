/**
 * This package paces requests: one budget per token, shared by everything that reads for its company, with priorities
 * and with corrections by what the server says. It knows nothing of Pennylane's resources.
 */
package fr.pennylanesync.api.budget;

/** This package says what can go wrong in a call to Pennylane, and with which facts a failure is told. */
package fr.pennylanesync.api.error;

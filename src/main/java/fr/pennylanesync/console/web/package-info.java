/**
 * Answers HTTP requests of people and machines: who may ask, sessions, forms, headers. It knows no page and no figure.
 */
package fr.pennylanesync.console.web;

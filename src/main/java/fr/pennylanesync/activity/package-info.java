/**
 * Notes what ran and what people asked for: every sync, audit and verification with its figures, and every action of an
 * operator.
 */
package fr.pennylanesync.activity;

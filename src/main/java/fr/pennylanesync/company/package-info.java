/**
 * This package knows which token files there are, which company each answers for, and which of them may be used now.
 */
package fr.pennylanesync.company;

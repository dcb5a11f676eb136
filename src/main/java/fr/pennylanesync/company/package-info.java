/**
 * Companies and their tokens: which token files there are, which company each answers for, and which of them may be
 * used now. The only package that reads tokens from files.
 */
package fr.pennylanesync.company;

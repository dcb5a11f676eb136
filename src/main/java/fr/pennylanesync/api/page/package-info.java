/**
 * This package reads the pages of Pennylane's lists: what is asked for, and every check that an answer must pass before
 * its records count as data.
 */
package fr.pennylanesync.api.page;

/**
 * This package reads the configuration and checks it as a whole at the start, so that every fault is told at once.
 */
package fr.pennylanesync.settings;

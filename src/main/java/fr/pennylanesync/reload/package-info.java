/**
 * This package compares route files of two moments, and judges whether the newer ones may run. It starts nothing;
 * package {@code camel} does.
 */
package fr.pennylanesync.reload;

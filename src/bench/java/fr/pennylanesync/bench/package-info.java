/**
 * This package measures the product against what a good engineer writes by hand, in one run. It is neither part of the
 * jar nor of the tests.
 */
package fr.pennylanesync.bench;

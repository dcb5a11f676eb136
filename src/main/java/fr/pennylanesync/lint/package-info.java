/**
 * This package checks the route files without starting anything: for the command {@code lint}, for the tests, and
 * before a changed tree replaces a running one. A rule is one small class.
 */
package fr.pennylanesync.lint;

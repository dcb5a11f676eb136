/**
 * The house rules over the route files, checked without starting anything: by the command {@code lint}, by the tests
 * over our own routes and before a changed tree replaces a running one. A rule is one small class; knows no Camel but
 * its JSON schema.
 */
package fr.pennylanesync.lint;

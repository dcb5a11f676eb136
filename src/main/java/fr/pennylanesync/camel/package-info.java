/**
 * This package runs the routes and holds the beans that they call. It is the only package that imports Camel.
 */
package fr.pennylanesync.camel;

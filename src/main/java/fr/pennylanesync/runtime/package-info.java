/**
 * This package puts the parts together to one running installation, and takes it apart in order.
 */
package fr.pennylanesync.runtime;

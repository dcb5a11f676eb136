/**
 * Makes the views for analysts out of plain SQL: the books as an accountant knows them, over the streams' tables.
 */
package fr.pennylanesync.analysis;

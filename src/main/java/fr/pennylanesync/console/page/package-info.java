/** Makes pages: templates whose values are escaped, texts in two languages, plots. It knows no figure. */
package fr.pennylanesync.console.page;

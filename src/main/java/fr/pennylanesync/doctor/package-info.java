/** This package looks at everything that a run needs, and says all that is wrong at once, each with its remedy. */
package fr.pennylanesync.doctor;

/** Looks at everything that a run needs and says all that is wrong at once, each with its remedy; changes nothing. */
package fr.pennylanesync.doctor;

package fr.pennylanesync.sandbox.writing;

/** A part of a transaction that pays an invoice, given by its index among the drafts; cents, always positive. */
record InvoiceShare(boolean customer, int index, long currencyCents, long euroCents) {}

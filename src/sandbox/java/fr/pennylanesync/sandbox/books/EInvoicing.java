package fr.pennylanesync.sandbox.books;

/** The state of an electronic invoice; the address and the source file concern received invoices only. */
public record EInvoicing(String status, String reason, String flowId, boolean hasSourceFile, String address) {}

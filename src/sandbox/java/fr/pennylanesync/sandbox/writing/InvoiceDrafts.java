package fr.pennylanesync.sandbox.writing;

import fr.pennylanesync.sandbox.books.CustomerInvoice;
import fr.pennylanesync.sandbox.books.SupplierInvoice;
import java.util.List;

/** The invoices while they are being settled and booked: the lists are changed in place. */
record InvoiceDrafts(List<CustomerInvoice> sales, List<SupplierInvoice> purchases) {}

package fr.pennylanesync.sandbox.api;

/** The files that records point to. */
public enum FileKind {
    CUSTOMER_INVOICE, SUPPLIER_INVOICE, SUPPLIER_SOURCE, QUOTE, COMMERCIAL_DOCUMENT, APPENDIX, LEDGER_ATTACHMENT, PURCHASE_ORDER, MANDATE;

    public boolean isXml() {
        return this == SUPPLIER_SOURCE;
    }
}

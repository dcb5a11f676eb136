package fr.pennylanesync.sandbox.api;

/** The files that records point to. */
public enum FileKind {
    CUSTOMER_INVOICE, SUPPLIER_INVOICE, SUPPLIER_SOURCE("xml", "application/xml"), QUOTE, COMMERCIAL_DOCUMENT, APPENDIX,
    LEDGER_ATTACHMENT,
    PURCHASE_ORDER, MANDATE, EXPORTED_TEXT("txt", "text/plain; charset=utf-8"),
    EXPORTED_SHEET("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    private final String extension;
    private final String contentType;

    FileKind() {
        this("pdf", "application/pdf");
    }

    FileKind(String extension, String contentType) {
        this.extension = extension;
        this.contentType = contentType;
    }

    public String extension() {
        return extension;
    }

    public String contentType() {
        return contentType;
    }

    /** Whether the file is an export, made from the ledger. */
    public boolean isExport() {
        return this == EXPORTED_TEXT || this == EXPORTED_SHEET;
    }
}

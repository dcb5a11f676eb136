package fr.pennylanesync.sandbox.export;

import fr.pennylanesync.sandbox.books.Export;
import fr.pennylanesync.sandbox.books.ExportKind;

/** The bytes of exports. */
public final class ExportFile {

    private ExportFile() {}

    /**
     * The same bytes each time.
     *
     * @param form of a file of accounting entries
     */
    public static byte[] bytes(Export export, FecForm form) {
        return export.kind() == ExportKind.FEC ? FecFile.write(export.ledger(), form) : LedgerSheet.write(export);
    }
}

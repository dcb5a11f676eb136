package fr.pennylanesync.sandbox.export;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * One of the forms that article A47 A-1 of the Livre des procédures fiscales allows for a file of accounting entries.
 *
 * @param separator a tabulator or {@code |}
 * @param charset UTF-8, or ISO-8859-15
 * @param lineEnd CRLF or LF
 * @param decimalComma whether amounts have a comma, else a point
 * @param sides whether an amount stands beside its side ({@code Montant}, {@code Sens}), else in the column of its side
 * @param foreign whether another program wrote it: a mark of the byte order, names of columns in its own case, and a
 * column behind the legal ones
 */
public record FecForm(char separator, Charset charset, String lineEnd, boolean decimalComma, boolean sides,
        boolean foreign) {

    /** Is how Pennylane writes them. */
    public static final FecForm USUAL = new FecForm('\t', StandardCharsets.UTF_8, "\r\n", true, false, false);

    public FecForm {
        if (separator != '\t' && separator != '|') {
            throw new IllegalArgumentException("fields are separated by a tabulator or by |");
        }
    }
}

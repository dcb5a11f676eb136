package fr.pennylanesync.sandbox.http;

import fr.pennylanesync.sandbox.api.FileKind;
import fr.pennylanesync.sandbox.http.FileVault.Ticket;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The bytes of files: a small valid PDF or XML per document, the same each time. */
final class FileContents {

    private FileContents() {}

    static byte[] bytes(Ticket ticket) {
        return ticket.kind() == FileKind.SUPPLIER_SOURCE ? xml(ticket).getBytes(StandardCharsets.UTF_8)
                : pdf(title(ticket));
    }

    private static String title(Ticket ticket) {
        return String.format(Locale.ROOT, "%s %d of company %d",
                ticket.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                ticket.recordId(), ticket.companyId());
    }

    private static String xml(Ticket ticket) {
        return String.format(Locale.ROOT, """
                <?xml version="1.0" encoding="UTF-8"?>
                <rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
                    xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100">
                  <rsm:ExchangedDocument><ram:ID>%d</ram:ID></rsm:ExchangedDocument>
                </rsm:CrossIndustryInvoice>
                """, ticket.recordId());
    }

    /** One page with one line of text. The cross-reference table gives the offset of each object. */
    private static byte[] pdf(String text) {
        String content = "BT /F1 14 Tf 60 780 Td (" + text + ") Tj ET";
        List<String> objects = List.of("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
                        + " /Resources << /Font << /F1 5 0 R >> >> >>",
                "<< /Length " + content.length() + " >>\nstream\n" + content + "\nendstream",
                "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Integer> offsets = new ArrayList<>();
        write(out, "%PDF-1.4\n");
        for (int i = 0; i < objects.size(); i++) {
            offsets.add(out.size());
            write(out, (i + 1) + " 0 obj\n" + objects.get(i) + "\nendobj\n");
        }
        int start = out.size();
        write(out, "xref\n0 " + (objects.size() + 1) + "\n0000000000 65535 f \n");
        offsets.forEach(offset -> write(out, String.format(Locale.ROOT, "%010d 00000 n \n", offset)));
        write(out, "trailer\n<< /Size " + (objects.size() + 1) + " /Root 1 0 R >>\nstartxref\n" + start + "\n%%EOF\n");
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}

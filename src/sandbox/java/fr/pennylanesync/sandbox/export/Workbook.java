package fr.pennylanesync.sandbox.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A workbook of one sheet (Office Open XML, xlsx): texts in place, numbers as numbers. */
final class Workbook {

    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private static final String RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
    private static final String TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    private final StringBuilder rows = new StringBuilder();

    /** Adds a row; a cell is a number when it is a {@link Number}, else a text. */
    void add(List<Object> cells) {
        rows.append("<row>");
        for (Object cell : cells) {
            if (cell instanceof Number number) {
                rows.append("<c><v>").append(number).append("</v></c>");
            } else {
                rows.append("<c t=\"inlineStr\"><is><t xml:space=\"preserve\">").append(escape(cell.toString()))
                        .append("</t></is></c>");
            }
        }
        rows.append("</row>");
    }

    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            part(zip, "[Content_Types].xml", String.format(Locale.ROOT, """
                    <Types xmlns="%scontent-types"><Default Extension="rels"\
                     ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
                    <Override PartName="/xl/workbook.xml" ContentType="%ssheet.main+xml"/>\
                    <Override PartName="/xl/worksheets/sheet1.xml" ContentType="%sworksheet+xml"/></Types>""", PACKAGE,
                    TYPE, TYPE));
            part(zip, "_rels/.rels", relation("officeDocument", "xl/workbook.xml"));
            part(zip, "xl/workbook.xml", String.format(Locale.ROOT, """
                    <workbook xmlns="%s" xmlns:r="%s"><sheets>\
                    <sheet name="Grand livre" sheetId="1" r:id="rId1"/></sheets></workbook>""", MAIN, RELATIONS));
            part(zip, "xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml"));
            part(zip, "xl/worksheets/sheet1.xml", "<worksheet xmlns=\"" + MAIN + "\"><sheetData>" + rows
                    + "</sheetData></worksheet>");
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
        return out.toByteArray();
    }

    private static String relation(String type, String target) {
        return String.format(Locale.ROOT, "<Relationships xmlns=\"%srelationships\"><Relationship Id=\"rId1\""
                + " Type=\"%s/%s\" Target=\"%s\"/></Relationships>", PACKAGE, RELATIONS, type, target);
    }

    /** The moment of each part is fixed, so that the same ledger gives the same bytes. */
    private static void part(ZipOutputStream zip, String name, String xml) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write((HEAD + xml).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    /** XML has no form at all for most control characters and for halves of surrogate pairs: they are left out. */
    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().filter(point -> point >= ' ' && !(point >= 0xD800 && point <= 0xDFFF) && point < 0xFFFE
                || point == '\n' || point == '\t'
                || point > 0xFFFF).forEach(point -> {
                    switch (point) {
                        case '<' -> escaped.append("&lt;");
                        case '>' -> escaped.append("&gt;");
                        case '&' -> escaped.append("&amp;");
                        default -> escaped.appendCodePoint(point);
                    }
                });
        return escaped.toString();
    }
}

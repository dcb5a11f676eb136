package fr.pennylanesync.sandbox.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A PDF of any size, made piece by piece: a small one, and in it an object that nobody shows. */
record LargeDocument(byte[] head, long paddingBytes, byte[] tail) {

    static final int PIECE_BYTES = 64 * 1024;

    static LargeDocument of(long bytes) {
        String head = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
                + "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
                + "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n"
                + String.format(Locale.ROOT, "4 0 obj\n<< /Length %d >>\nstream\n", bytes);
        String end = "\nendstream\nendobj\n";
        StringBuilder tail = new StringBuilder(end).append("xref\n0 5\n0000000000 65535 f \n");
        for (int object = 1; object <= 4; object++) {
            tail.append(String.format(Locale.ROOT, "%010d 00000 n \n", head.indexOf(object + " 0 obj")));
        }
        tail.append("trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n").append(head.length() + bytes + end.length())
                .append("\n%%EOF\n");
        return new LargeDocument(head.getBytes(StandardCharsets.ISO_8859_1), bytes, tail.toString()
                .getBytes(StandardCharsets.ISO_8859_1));
    }

    long size() {
        return head.length + paddingBytes + tail.length;
    }

    /** A piece of the padding: letters that are not the same from piece to piece. */
    byte[] piece(long offset) {
        byte[] piece = new byte[(int) Math.min(PIECE_BYTES, paddingBytes - offset)];
        long state = offset + 1;
        for (int i = 0; i < piece.length; i++) {
            state = state * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
            piece[i] = (byte) ('a' + (state >>> 60));
        }
        return piece;
    }
}

package fr.pennylanesync.sandbox.export;

import fr.pennylanesync.sandbox.books.LedgerLine;
import fr.pennylanesync.sandbox.books.LedgerSnapshot;
import java.util.HashMap;
import java.util.Map;

/** Gives each lettering of a ledger its code, AA, AB and so on, and its day: that of the last change of its lines. */
final class Letterings {

    /** One lettering; the day is in microseconds since 1970. */
    private record Lettering(String code, long micros) {}

    private final Map<Long, Lettering> byFirstLine = new HashMap<>();

    Letterings(LedgerSnapshot ledger) {
        ledger.entries().stream().flatMap(booked -> booked.lines().stream()).filter(Letterings::isLettered)
                .forEach(line -> byFirstLine.merge(line.lettered()[0],
                        new Lettering(code(byFirstLine.size()), line.updatedMicros()),
                        (known, another) -> new Lettering(known.code(), Math.max(known.micros(), another.micros()))));
    }

    static boolean isLettered(LedgerLine line) {
        return line.lettered().length > 0;
    }

    String code(LedgerLine line) {
        return byFirstLine.get(line.lettered()[0]).code();
    }

    long micros(LedgerLine line) {
        return byFirstLine.get(line.lettered()[0]).micros();
    }

    private static String code(int index) {
        String code = "";
        for (int left = index; left > 0 || code.length() < 2; left /= 26) {
            code = (char) ('A' + left % 26) + code;
        }
        return code;
    }
}

package fr.pennylanesync.sandbox.mutation;

import fr.pennylanesync.sandbox.books.LedgerLine;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Letterings are undone and made again. Every line of the lettering changes. */
final class LetteringChanges {

    private LetteringChanges() {}

    static boolean undo(Pen pen) {
        Optional<LedgerLine> found = pen.pick(Streams.LINES, line -> line.lettered().length > 0);
        found.ifPresent(line -> {
            new EntryBook(pen).letter(lines(pen, line.lettered()), LedgerLine.NOT_LETTERED);
            pen.memory().rememberLettering(line.lettered());
        });
        return found.isPresent();
    }

    static boolean redo(Pen pen) {
        long[] group = pen.memory().takeLettering();
        if (group == null) {
            return false;
        }
        List<LedgerLine> lines = lines(pen, group);
        boolean possible = lines.size() == group.length && lines.stream().allMatch(line -> line.lettered().length == 0)
                && lines.stream().mapToLong(line -> line.debit() - line.credit()).sum() == 0;
        if (possible) {
            new EntryBook(pen).letter(lines, group);
        }
        return possible;
    }

    private static List<LedgerLine> lines(Pen pen, long[] ids) {
        return Arrays.stream(ids).mapToObj(pen.books().ledgerLines()::find).flatMap(Optional::stream).toList();
    }
}

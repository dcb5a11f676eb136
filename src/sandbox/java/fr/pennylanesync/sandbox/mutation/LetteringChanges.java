package fr.pennylanesync.sandbox.mutation;

import fr.pennylanesync.sandbox.books.LedgerLine;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Letterings are undone and made again. Every line of the lettering changes. */
final class LetteringChanges {

    private LetteringChanges() {}

    static boolean undo(BooksEditor editor) {
        Optional<LedgerLine> found = editor.pick(Streams.LINES, line -> line.lettered().length > 0);
        found.ifPresent(line -> {
            new EntryBook(editor).letter(lines(editor, line.lettered()), LedgerLine.NOT_LETTERED);
            editor.memory().rememberLettering(line.lettered());
        });
        return found.isPresent();
    }

    static boolean redo(BooksEditor editor) {
        long[] group = editor.memory().takeLettering();
        if (group == null) {
            return false;
        }
        List<LedgerLine> lines = lines(editor, group);
        boolean possible = lines.size() == group.length && lines.stream().allMatch(line -> line.lettered().length == 0)
                && lines.stream().mapToLong(line -> line.debit() - line.credit()).sum() == 0;
        if (possible) {
            new EntryBook(editor).letter(lines, group);
        }
        return possible;
    }

    private static List<LedgerLine> lines(BooksEditor editor, long[] ids) {
        return Arrays.stream(ids).mapToObj(editor.books().ledgerLines()::find).flatMap(Optional::stream).toList();
    }
}

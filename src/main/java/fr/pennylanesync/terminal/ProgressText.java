package fr.pennylanesync.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Puts the progress of a sync into one line that fits. The end is told of what it can be told of: how long a list is,
 * nobody knows before its end; records and sub-lists that are due are counted, and a sign says that more will come.
 */
public final class ProgressText {

    private ProgressText() {}

    /** Returns the longest form that fits. */
    public static String of(ProgressFigures now, int columns) {
        String left = String.join(", ", left(now));
        List<String> forms = List.of(
                String.format(Locale.ROOT,
                        "%d/%d companies, %d/%d streams, %,d rows, %,d requests (budget %.0f %%); to go: %s",
                        now.companiesDone(), now.companies(), now.streamsDone(), now.streams(), now.rows(),
                        now.requests(), 100 * now.budget(), left),
                String.format(Locale.ROOT, "%d/%d co. %d/%d streams %s rows %s req. %.0f %%; %s",
                        now.companiesDone(), now.companies(), now.streamsDone(), now.streams(),
                        PlainWords.brief(now.rows()), PlainWords.brief(now.requests()), 100 * now.budget(), left),
                String.format(Locale.ROOT, "%d/%d co. %d/%d str. %s rows %s req.; %s", now.companiesDone(),
                        now.companies(), now.streamsDone(), now.streams(), PlainWords.brief(now.rows()),
                        PlainWords.brief(now.requests()), left),
                String.format(Locale.ROOT, "%d/%d streams %s rows; %s", now.streamsDone(), now.streams(),
                        PlainWords.brief(now.rows()), left),
                String.format(Locale.ROOT, "%d/%d streams %s rows", now.streamsDone(), now.streams(),
                        PlainWords.brief(now.rows())));
        return forms.stream().filter(form -> form.length() <= columns).findFirst()
                .orElseGet(() -> PlainWords.cut(forms.get(forms.size() - 1), columns));
    }

    private static List<String> left(ProgressFigures now) {
        List<String> left = new ArrayList<>();
        if (now.isListing()) {
            left.add("lists");
        }
        now.recordsLeft().ifPresent(time -> left.add("records " + PlainWords.span(time)));
        now.subListsLeft()
                .ifPresent(time -> left.add("sub-lists " + (now.isListing() ? ">" : "") + PlainWords.span(time)));
        if (now.filesWaiting() > 0) {
            left.add(PlainWords.brief(now.filesWaiting()) + (now.filesWaiting() == 1 ? " file" : " files"));
        }
        return left.isEmpty() ? List.of("ending") : left;
    }
}

package fr.pennylanesync.terminal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Puts figures and names into words for people. */
public final class PlainWords {

    private static final long HOURS_OF_DAYS = 48;
    private static final long THOUSAND = 1_000;
    private static final long MILLION = 1_000_000;
    private static final long BRIEF_FROM = 100_000;

    private PlainWords() {}

    /** Returns such as {@code 1 warning}, {@code 2 warnings}, {@code 1,200 entries}. */
    public static String count(long number, String one, String several) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : several);
    }

    /** Does as {@link #count(long, String, String)} does, for a word whose plural has an s more. */
    public static String count(long number, String one) {
        return count(number, one, one + "s");
    }

    /** Returns such as {@code 12,345}, {@code 123k}, {@code 12.3M}. */
    public static String brief(long number) {
        if (number < BRIEF_FROM) {
            return String.format(Locale.ROOT, "%,d", number);
        }
        return number < MILLION ? number / THOUSAND + "k"
                : String.format(Locale.ROOT, "%.1fM", Math.floor(10.0 * number / MILLION) / 10);
    }

    /** Returns such as {@code 4 s}, {@code 12 min}, {@code 3 h}, {@code 5 d}. */
    public static String span(Duration time) {
        if (time.toHours() >= HOURS_OF_DAYS) {
            return time.toDays() + " d";
        }
        return time.toHours() >= 1 ? time.toHours() + " h"
                : time.toMinutes() >= 1 ? time.toMinutes() + " min" : Math.max(0, time.toSeconds()) + " s";
    }

    /** Returns such as {@code 40 s}, {@code 12 min}, {@code 3 h 20 min}, {@code 2 d 5 h}. */
    public static String clock(Duration time) {
        if (time.toDays() >= 1) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        return time.toHours() >= 1 ? time.toHours() + " h " + time.toMinutesPart() + " min" : span(time);
    }

    /** Cuts a text that is longer than that, and shows that it is cut. */
    public static String cut(String text, int columns) {
        return text.length() <= columns ? text : text.substring(0, Math.max(0, columns - 1)) + "…";
    }

    /** Breaks a text between words, each line but the first behind an indent. */
    public static List<String> wrap(String text, int columns, String indent) {
        List<String> lines = new ArrayList<>();
        String words = text.stripLeading();
        StringBuilder line = new StringBuilder(text.substring(0, text.length() - words.length()));
        boolean begun = false;
        for (String word : words.split(" ")) {
            if (begun && line.length() + 1 + word.length() > columns) {
                lines.add(line.toString());
                line.setLength(0);
                line.append(indent).append(word);
            } else {
                line.append(begun ? " " : "").append(word);
            }
            begun = true;
        }
        lines.add(line.toString());
        return lines;
    }

    /** Finds the known name that somebody most likely meant: the same in other letters, or one with few changed. */
    public static Optional<String> meant(String typed, Collection<String> known) {
        String wanted = normal(typed);
        String best = "";
        int bestDistance = Math.max(1, wanted.length() / 3) + 1;
        for (String name : known) {
            int distance = distance(wanted, normal(name));
            if (distance < bestDistance) {
                best = name;
                bestDistance = distance;
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    /** Returns a question that helps, or nothing. */
    public static String didYouMean(String typed, Collection<String> known) {
        return meant(typed, known).map(name -> " Did you mean " + name + "?").orElse("");
    }

    private static String normal(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    }

    /** Counts the letters to insert, to delete or to replace (Levenshtein). */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}

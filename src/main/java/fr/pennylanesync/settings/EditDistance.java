package fr.pennylanesync.settings;

/** Levenshtein's distance: how many letters to add, drop or change to get from one word to the other. */
final class EditDistance {

    /** Up to here a word is taken for a mistyped other. */
    static final int TYPING_MISTAKE = 3;

    private EditDistance() {}

    static int between(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= left.length(); row++) {
            int[] current = new int[right.length() + 1];
            current[0] = row;
            for (int column = 1; column <= right.length(); column++) {
                int change = left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
                current[column] = Math.min(previous[column - 1] + change,
                        1 + Math.min(previous[column], current[column - 1]));
            }
            previous = current;
        }
        return previous[right.length()];
    }
}

package fr.pennylanesync.terminal;

import java.util.ArrayList;
import java.util.List;

/** Lays rows out in columns as wide as their longest cell; numbers stand at the right. */
public final class TextTable {

    private static final String GAP = "  ";

    /** Says how a column is laid out. */
    public enum Align {
        LEFT, RIGHT
    }

    private final List<String> heads;
    private final List<Align> aligns;
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(List<String> heads, List<Align> aligns) {
        if (heads.size() != aligns.size()) {
            throw new IllegalArgumentException("every column has a head and a side");
        }
        this.heads = List.copyOf(heads);
        this.aligns = List.copyOf(aligns);
    }

    /** Adds a row; control characters of a cell become blanks, so that each row stays one line. */
    public void add(List<String> cells) {
        if (cells.size() != heads.size()) {
            throw new IllegalArgumentException("a row has a cell for each column");
        }
        rows.add(cells.stream().map(cell -> cell.replaceAll("\\p{Cntrl}", " ")).toList());
    }

    /** Returns the head, a rule below it, and the rows. */
    public List<String> lines() {
        int[] widths = widths();
        List<String> lines = new ArrayList<>();
        lines.add(line(heads, widths));
        StringBuilder rule = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            rule.append(column == 0 ? "" : GAP).append("-".repeat(widths[column]));
        }
        lines.add(rule.toString());
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private int[] widths() {
        int[] widths = new int[heads.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = length(heads.get(column));
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], length(row.get(column)));
            }
        }
        return widths;
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            String blanks = " ".repeat(widths[column] - length(cell));
            line.append(column == 0 ? "" : GAP).append(aligns.get(column) == Align.RIGHT ? blanks + cell
                    : cell + blanks);
        }
        return line.toString().stripTrailing();
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}

package fr.pennylanesync.console.page;

import java.util.List;
import java.util.Locale;

/**
 * Draws a plot as SVG. Its colours are the page's own, by class, and what it shows stands in words beside it, because
 * not everybody sees it.
 */
public final class Plot {

    private static final int WIDTH = 480;
    private static final int HEIGHT = 101;
    private static final int FLOOR = 100;
    private static final int TOP = 8;
    /** Is as narrow as a bar may be that is still seen. */
    private static final int BAR_MIN = 3;

    /**
     * One value of a plot.
     *
     * @param at from 0, the left edge, to 1
     * @param value not below zero
     */
    public record Point(double at, double value) {

        public Point {
            if (!(at >= 0 && at <= 1) || !(value >= 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException("no point of a plot");
            }
        }
    }

    /**
     * One bar of a time line.
     *
     * @param from where it begins, from 0 to 1
     * @param to where it ends
     * @param tone the class of its colour
     */
    public record Bar(double from, double to, String tone) {}

    private Plot() {}

    /** Draws one column for each value, as wide as its part of the whole. */
    public static String columns(String label, List<Point> points, int places) {
        double max = max(points);
        StringBuilder svg = open(label);
        double width = (double) WIDTH / places;
        for (Point point : points) {
            double height = max == 0 ? 0 : (FLOOR - TOP) * point.value() / max;
            svg.append(String.format(Locale.ROOT,
                    "<rect class=\"mark\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                    Math.min(point.at() * WIDTH, WIDTH - width), FLOOR - height, Math.max(1, width - 1), height));
        }
        return close(svg);
    }

    /** Draws a line through the values, in the order of their places. */
    public static String line(String label, List<Point> points) {
        double max = max(points);
        StringBuilder svg = open(label).append("<polyline class=\"curve\" points=\"");
        for (Point point : points) {
            svg.append(String.format(Locale.ROOT, "%.1f,%.1f ", point.at() * WIDTH,
                    FLOOR - (max == 0 ? 0 : (FLOOR - TOP) * point.value() / max)));
        }
        return close(svg.append("\"/>"));
    }

    /** Draws what happened when, in one row. */
    public static String timeline(String label, List<Bar> bars) {
        StringBuilder svg = open(label);
        for (Bar bar : bars) {
            double width = Math.max(BAR_MIN, (bar.to() - bar.from()) * WIDTH);
            svg.append(String.format(Locale.ROOT,
                    "<rect class=\"bar %s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>", bar.tone(),
                    Math.min(bar.from() * WIDTH, WIDTH - width), TOP, width, FLOOR - TOP));
        }
        return close(svg);
    }

    private static double max(List<Point> points) {
        return points.stream().mapToDouble(Point::value).max().orElse(0);
    }

    private static StringBuilder open(String label) {
        return new StringBuilder("<svg class=\"plot\" viewBox=\"0 0 ").append(WIDTH).append(' ').append(HEIGHT)
                .append("\" role=\"img\" aria-label=\"").append(escaped(label)).append("\">");
    }

    private static String close(StringBuilder svg) {
        return svg.append("<path class=\"axis\" d=\"M0 ").append(FLOOR).append("H").append(WIDTH).append("\"/></svg>")
                .toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}

package cn.tiaoxi.platform.bulletin;

import cn.tiaoxi.platform.paper.Paper;
import cn.tiaoxi.platform.paper.Paper.Colour;
import cn.tiaoxi.platform.paper.Paper.Style;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws plots of shares, 0 to 100 %, on paper. */
final class Plots {
    private static final Style SMALL = Style.of(7.5).in(Colour.SOFT);
    private static final int STEPS = 4;
    private static final double AXIS = 30;

    private final Paper paper;

    Plots(Paper paper) {
        this.paper = paper;
    }

    /** A line through values, one for each label; where a value is missing it is broken. */
    record Line(String name, Colour colour, List<@Nullable Double> values) {}

    /** Lines over labels; the box is the whole plot with axis, labels and legend. */
    void lines(
            double x,
            double y,
            double width,
            double height,
            List<String> labels,
            List<Line> lines) {
        double top = y + 16;
        double bottom = y + height - 14;
        double left = x + AXIS;
        double right = x + width;
        legend(right, y + 7, lines);
        grid(left, right, top, bottom);
        double step = labels.size() > 1 ? (right - left - 20) / (labels.size() - 1) : 0;
        for (int i = 0; i < labels.size(); i++) {
            paper.textAround(left + 10 + i * step, bottom + 11, SMALL, labels.get(i));
        }
        for (Line line : lines) {
            draw(line, left + 10, step, top, bottom);
        }
    }

    private void draw(Line line, double left, double step, double top, double bottom) {
        List<double[]> run = new ArrayList<>();
        for (int i = 0; i < line.values().size(); i++) {
            Double value = line.values().get(i);
            if (value == null) {
                stroke(run, line.colour());
                run = new ArrayList<>();
            } else {
                run.add(new double[] {left + i * step, bottom - value * (bottom - top)});
            }
        }
        stroke(run, line.colour());
    }

    private void stroke(List<double[]> run, Colour colour) {
        if (run.size() > 1) {
            paper.path(run, 1.4, colour);
        }
        run.forEach(p -> paper.box(p[0] - 1.7, p[1] - 1.7, 3.4, 3.4, colour));
    }

    private void grid(double left, double right, double top, double bottom) {
        for (int i = 0; i <= STEPS; i++) {
            double at = bottom - (bottom - top) * i / STEPS;
            paper.line(left, at, right, at, 0.5, Colour.LINE);
            paper.textBefore(left - 4, at + 2.5, SMALL, 100 * i / STEPS + "%");
        }
    }

    private void legend(double right, double y, List<Line> lines) {
        double at = right;
        for (Line line : lines.reversed()) {
            at -= paper.width(line.name(), SMALL);
            paper.text(at, y, SMALL, line.name());
            paper.box(at - 14, y - 5, 10, 4, line.colour());
            at -= 24;
        }
    }

    /** A group of two bars. */
    record Bars(String label, double own, double city) {}

    /** How high {@link #bars} of so many groups are. */
    static double height(int groups) {
        return 20 + groups * 22.0;
    }

    /** Two bars for each label, one under the other, with their values behind. */
    void bars(double x, double y, double width, String own, String city, List<Bars> groups) {
        legend(
                x + width,
                y + 7,
                List.of(
                        new Line(own, Colour.BLUE, List.of()),
                        new Line(city, Colour.GREY, List.of())));
        double names = 110;
        double longest = width - names - 40;
        double at = y + 16;
        for (Bars group : groups) {
            Style style = Style.of(8.5);
            List<String> name = paper.lines(group.label(), style, names - 6);
            paper.text(x, at + 11, style, name.getFirst());
            bar(x + names, at + 1, longest, group.own(), Colour.BLUE);
            bar(x + names, at + 10, longest, group.city(), Colour.GREY);
            at += 22;
        }
    }

    private void bar(double x, double y, double longest, double share, Colour colour) {
        paper.box(x, y, longest, 7, Colour.FAINT);
        paper.box(x, y, Math.max(0.5, longest * share), 7, colour);
        paper.text(x + longest + 4, y + 6.2, SMALL, Covers.percent(share));
    }
}

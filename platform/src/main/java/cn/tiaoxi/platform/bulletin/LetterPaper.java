package cn.tiaoxi.platform.bulletin;

import static cn.tiaoxi.platform.paper.Flow.INNER;
import static cn.tiaoxi.platform.paper.Flow.MARGIN;

import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.paper.Flow;
import cn.tiaoxi.platform.paper.Fonts;
import cn.tiaoxi.platform.paper.Paper;
import cn.tiaoxi.platform.paper.Paper.Colour;
import cn.tiaoxi.platform.paper.Paper.Style;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Writes letters as PDF with embedded letters, on A4. */
@Component
public class LetterPaper {
    private static final Style BODY = Style.of(10.5);
    private static final Style SMALL = Style.of(8).in(Colour.SOFT);
    private static final int HALF = 2;

    private final Fonts fonts;
    private final MessageSource texts;
    private final Covers covers;
    private final City city;

    LetterPaper(Fonts fonts, MessageSource texts, Covers covers, City city) {
        this.fonts = fonts;
        this.texts = texts;
        this.covers = covers;
        this.city = city;
    }

    /**
     * The letter as PDF.
     *
     * @param word what the data office adds, empty for nothing
     * @param base address of the platform, to which links lead
     * @throws cn.tiaoxi.platform.paper.PaperException if this machine has no font with Chinese
     *     letters
     */
    public byte[] pdf(Letter letter, Figures figures, String word, Locale language, URI base) {
        Figures.Cover cover = figures.cover();
        String title = (cover == null ? covers.title(figures.month()) : cover.title()).in(language);
        try (Paper paper = fonts.paper(language, title)) {
            new Writing(paper, letter, figures, title, language, base).write(cover, word);
            return paper.bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One letter being written. */
    private final class Writing {
        private final Paper paper;
        private final Plots plots;
        private final Letter letter;
        private final Figures figures;
        private final String title;
        private final Locale language;
        private final URI base;
        private final Flow flow;

        private Writing(
                Paper paper,
                Letter letter,
                Figures figures,
                String title,
                Locale language,
                URI base) {
            this.paper = paper;
            this.plots = new Plots(paper);
            this.letter = letter;
            this.figures = figures;
            this.title = title;
            this.language = language;
            this.base = base;
            this.flow = new Flow(paper);
        }

        private String say(String key, Object... arguments) {
            return texts.getMessage("bulletin.paper." + key, arguments, language);
        }

        private void write(Figures.@Nullable Cover cover, String word) {
            if (cover != null) {
                cover(cover, word);
            }
            summary();
            heading(40, "ledgers");
            ledgerTable();
            flow.need(Plots.height(figures.ledgers().size()));
            plots.bars(MARGIN, flow.y(), INNER, organisation(), say("city"), bars());
            flow.down(Plots.height(figures.ledgers().size()) + 8);
            trend();
            rules();
            worst();
            margins();
        }

        private String organisation() {
            return figures.name().in(language);
        }

        private void cover(Figures.Cover cover, String word) {
            Style head = Style.of(17).strong();
            flow.down(8);
            for (String line : paper.lines(title, head, INNER)) {
                paper.textAround(Paper.WIDTH / HALF, flow.y(), head, line);
                flow.down(24);
            }
            flow.down(10);
            paragraph(cover.greeting().in(language), BODY.strong());
            cover.body().forEach(w -> paragraph(w.in(language), BODY));
            if (!word.isBlank()) {
                paragraph(word, BODY);
            }
            paragraph(cover.closing().in(language), BODY);
            flow.down(4);
            flow.need(34);
            paper.textBefore(MARGIN + INNER, flow.y(), BODY, cover.office().in(language));
            flow.down(16);
            Instant sent = letter.sent();
            paper.textBefore(
                    MARGIN + INNER,
                    flow.y(),
                    BODY,
                    sent == null
                            ? say("draft")
                            : sent.atZone(city.zone()).toLocalDate().toString());
            flow.down(18);
        }

        private void paragraph(String text, Style style) {
            flow.paragraph(text, style);
        }

        /** A heading, on the sheet on which what comes first under it stands. */
        private void heading(double first, String key, Object... arguments) {
            flow.heading(first, say(key, arguments));
        }

        /** The five numbers that matter, side by side. */
        private void summary() {
            Double change = Figures.change(figures.own(), figures.before());
            List<String[]> numbers =
                    List.of(
                            new String[] {say("rate"), Covers.percent(figures.own().share())},
                            new String[] {say("change"), change == null ? "–" : points(change)},
                            new String[] {
                                say("place", covers.kind(letter.kind()).in(language)),
                                letter.place() + " / " + letter.places()
                            },
                            new String[] {say("score"), Covers.percent(figures.own().mean())},
                            new String[] {say("cityRate"), Covers.percent(figures.city().share())});
            flow.need(64);
            double width = INNER / numbers.size();
            paper.box(MARGIN, flow.y(), INNER, 52, Colour.FAINT);
            for (int i = 0; i < numbers.size(); i++) {
                double x = MARGIN + i * width + 10;
                String name = paper.lines(numbers.get(i)[0], SMALL, width - 12).getFirst();
                paper.text(x, flow.y() + 17, SMALL, name);
                paper.text(x, flow.y() + 39, Style.of(16).strong(), numbers.get(i)[1]);
            }
            flow.down(60);
        }

        private String points(double change) {
            return say("points", String.format(Locale.ROOT, "%+.1f", change * 100));
        }

        private List<Plots.Bars> bars() {
            return figures.ledgers().stream()
                    .map(
                            l ->
                                    new Plots.Bars(
                                            l.name().in(language),
                                            l.own().share(),
                                            l.city().share()))
                    .toList();
        }

        private void ledgerTable() {
            List<List<String>> rows = new ArrayList<>();
            for (Figures.OfLedger each : figures.ledgers()) {
                Double change = Figures.change(each.own(), each.before());
                rows.add(
                        List.of(
                                each.name().in(language),
                                number(each.own().entries()),
                                number(each.own().standardised()),
                                Covers.percent(each.own().share()),
                                change == null ? "–" : points(change),
                                Covers.percent(each.own().mean()),
                                Covers.percent(each.city().share())));
            }
            flow.table(
                    new double[] {0.28, 0.1, 0.13, 0.11, 0.15, 0.11, 0.12},
                    List.of(
                            say("ledger"),
                            say("entries"),
                            say("standardised"),
                            say("rate"),
                            say("change"),
                            say("score"),
                            say("cityRate")),
                    rows,
                    1);
        }

        private void trend() {
            heading(150, "trend", figures.trend().size());
            List<String> labels =
                    figures.trend().stream()
                            .map(p -> p.month().toString().substring(HALF))
                            .toList();
            flow.need(150);
            plots.lines(
                    MARGIN,
                    flow.y(),
                    INNER,
                    140,
                    labels,
                    List.of(
                            new Plots.Line(organisation(), Colour.BLUE, shares(true)),
                            new Plots.Line(say("city"), Colour.GREY, shares(false))));
            flow.down(150);
            List<String> head = new ArrayList<>(List.of(say("month")));
            head.addAll(labels);
            double[] widths = new double[head.size()];
            widths[0] = 0.13;
            for (int i = 1; i < widths.length; i++) {
                widths[i] = (1 - widths[0]) / (widths.length - 1);
            }
            flow.table(
                    widths,
                    head,
                    List.of(row(say("own"), shares(true)), row(say("city"), shares(false))),
                    1);
        }

        private List<@Nullable Double> shares(boolean own) {
            List<@Nullable Double> shares = new ArrayList<>();
            for (Figures.Point each : figures.trend()) {
                Rate rate = own ? each.own() : each.city();
                shares.add(rate == null ? null : rate.share());
            }
            return shares;
        }

        private static List<String> row(String name, List<@Nullable Double> shares) {
            List<String> row = new ArrayList<>(List.of(name));
            for (Double share : shares) {
                row.add(share == null ? "–" : String.format(Locale.ROOT, "%.1f", share * 100));
            }
            return row;
        }

        private void rules() {
            heading(40, "rules");
            if (figures.rules().isEmpty()) {
                paragraph(say("noRules"), BODY);
                return;
            }
            List<List<String>> rows = new ArrayList<>();
            for (Figures.BrokenRule each : figures.rules()) {
                rows.add(
                        List.of(
                                each.name().in(language),
                                each.ledger().in(language),
                                each.mend().in(language),
                                number(each.failed())));
            }
            flow.table(
                    new double[] {0.27, 0.2, 0.41, 0.12},
                    List.of(say("rule"), say("ledger"), say("mend"), say("failed")),
                    rows,
                    3);
        }

        private void worst() {
            if (figures.worst().isEmpty()) {
                return;
            }
            heading(70, "worst");
            for (Figures.WorstEntry each : figures.worst()) {
                entry(each);
            }
        }

        private void entry(Figures.WorstEntry entry) {
            Style name = Style.of(9.5).in(Colour.BLUE);
            Style detail = Style.of(8.5).in(Colour.SOFT);
            List<String> heads = paper.lines(entry.title(), name, INNER - 130);
            List<String> said = new ArrayList<>();
            entry.messages()
                    .forEach(m -> said.addAll(paper.lines("· " + m.in(language), detail, INNER)));
            flow.need(18 + heads.size() * 13.0 + said.size() * 12.0);
            double first = flow.y();
            for (String line : heads) {
                flow.down(13);
                paper.text(MARGIN, flow.y(), name, line);
            }
            paper.textBefore(
                    MARGIN + INNER,
                    first + 13,
                    detail,
                    say("entry", entry.findings(), Covers.percent(entry.score())));
            paper.link(
                    MARGIN,
                    first,
                    INNER,
                    flow.y() - first + 4,
                    base.resolve(entry.link()).toString());
            flow.down(12);
            paper.text(MARGIN, flow.y(), detail, entry.ledger().in(language) + "  " + entry.code());
            for (String line : said) {
                flow.down(12);
                paper.text(MARGIN, flow.y(), detail.in(Colour.TEXT), line);
            }
            flow.down(7);
            paper.line(MARGIN, flow.y(), MARGIN + INNER, flow.y(), 0.5, Colour.LINE);
        }

        private static String number(long value) {
            return String.format(Locale.ROOT, "%,d", value);
        }

        /** What stands above and below on every sheet. */
        private void margins() {
            for (int i = 0; i < paper.sheets(); i++) {
                paper.turnTo(i);
                paper.text(MARGIN, 46, SMALL, city.name().in(language) + " · " + say("bulletin"));
                paper.textBefore(
                        MARGIN + INNER,
                        46,
                        SMALL,
                        organisation() + " · " + Covers.name(figures.month()).in(language));
                paper.line(MARGIN, 53, MARGIN + INNER, 53, 0.7, Colour.LINE);
                double foot = Paper.HEIGHT - 40;
                paper.line(MARGIN, foot - 14, MARGIN + INNER, foot - 14, 0.7, Colour.LINE);
                paper.text(
                        MARGIN, foot, Style.of(6.8).in(Colour.SOFT), "SHA-256 " + letter.sha256());
                paper.textBefore(MARGIN + INNER, foot, SMALL, (i + 1) + " / " + paper.sheets());
                if (letter.state() == Letter.State.DRAFT) {
                    paper.textAround(
                            Paper.WIDTH / HALF,
                            66,
                            Style.of(9).strong().in(Colour.RED),
                            say("draftOnly"));
                }
            }
        }
    }
}

package cn.tiaoxi.platform.investigation;

import cn.tiaoxi.platform.city.City;
import cn.tiaoxi.platform.city.Organisations;
import cn.tiaoxi.platform.identity.Actor;
import cn.tiaoxi.platform.paper.Flow;
import cn.tiaoxi.platform.paper.Fonts;
import cn.tiaoxi.platform.paper.Paper;
import cn.tiaoxi.platform.paper.Paper.Colour;
import cn.tiaoxi.platform.paper.Paper.Style;
import cn.tiaoxi.platform.proof.Happening;
import cn.tiaoxi.platform.proof.ProofNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Writes what a package of evidence holds, to be read: as a page and on paper. */
@Component
class PackageReport {
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final Style BODY = Style.of(10.5);
    private static final Style SMALL = Style.of(8).in(Colour.SOFT);
    private static final String STYLE =
            """
            body{font:16px/1.6 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;
            max-width:60em;margin:2em auto;padding:0 1em;color:#21262d}
            table{border-collapse:collapse;width:100%;font-size:14px}
            th,td{border-bottom:1px solid #d1d6dc;padding:.4em .5em;text-align:left;vertical-align:top;
            overflow-wrap:anywhere}
            th{background:#f2f4f6}pre{background:#f2f4f6;padding:.8em;overflow:auto}
            """;

    private final MessageSource texts;
    private final Fonts fonts;
    private final City city;
    private final ProofNames names;
    private final Organisations organisations;

    PackageReport(
            MessageSource texts,
            Fonts fonts,
            City city,
            ProofNames names,
            Organisations organisations) {
        this.texts = texts;
        this.fonts = fonts;
        this.city = city;
        this.names = names;
        this.organisations = organisations;
    }

    /**
     * What is told.
     *
     * @param about what the evidence is about: {@code kind:identifier}
     */
    record Content(
            String about,
            Instant made,
            Actor by,
            @Nullable Investigation investigation,
            List<Line> lines,
            List<Log> logs) {
        Content {
            lines = List.copyOf(lines);
            logs = List.copyOf(logs);
        }
    }

    /** A log and the checkpoint to which all its proofs lead. */
    record Log(String origin, String key, String checkpoint, int records) {}

    /**
     * A record.
     *
     * @param file its name in the package
     * @param happening what it says of a change or a call, or null
     * @param delivery what it says of a delivery, or null
     */
    record Line(String file, @Nullable Happening happening, @Nullable FoundDelivery delivery) {
        static Line of(String file, Happening happening) {
            return new Line(file, happening, null);
        }

        static Line of(String file, FoundDelivery delivery) {
            return new Line(file, null, delivery);
        }
    }

    /** A part with a heading; a paragraph or a table. */
    private record Part(
            String heading, List<String> paragraphs, List<String> head, List<List<String>> rows) {}

    private String say(Locale language, String key, Object... named) {
        return texts.getMessage("investigation.report." + key, named, language);
    }

    private List<Part> parts(Content content, Locale language) {
        List<Part> parts = new ArrayList<>();
        parts.add(
                new Part(
                        say(language, "what"),
                        List.of(
                                say(
                                        language,
                                        "made",
                                        at(content.made()),
                                        content.by().name(),
                                        organisations.name(content.by().organisation())),
                                say(language, "about", content.about()),
                                say(language, "holds", content.lines().size())),
                        List.of(),
                        List.of()));
        Investigation investigation = content.investigation();
        if (investigation != null) {
            parts.add(investigation(investigation, language));
            LeakResult result = investigation.result();
            if (result != null) {
                parts.add(result(result, language));
            }
        }
        parts.add(
                new Part(
                        say(language, "records"),
                        List.of(),
                        List.of(
                                say(language, "file"),
                                say(language, "time"),
                                say(language, "who"),
                                say(language, "done"),
                                say(language, "place")),
                        content.lines().stream().map(line -> row(line, language)).toList()));
        parts.add(
                new Part(
                        say(language, "logs"),
                        List.of(say(language, "logsText")),
                        List.of(
                                say(language, "log"),
                                say(language, "key"),
                                say(language, "checkpoint")),
                        content.logs().stream()
                                .map(log -> List.of(log.origin(), log.key(), log.checkpoint()))
                                .toList()));
        parts.add(
                new Part(
                        say(language, "check"),
                        List.of(
                                say(language, "check.1"),
                                say(language, "check.2"),
                                say(language, "check.3"),
                                say(language, "check.4"),
                                say(language, "check.5")),
                        List.of(),
                        List.of()));
        return parts;
    }

    private Part investigation(Investigation each, Locale language) {
        List<String> told = new ArrayList<>();
        told.add(
                say(
                        language,
                        each.type().name().toLowerCase(Locale.ROOT),
                        Long.toString(each.number()),
                        each.shown(),
                        each.dataset().isEmpty()
                                ? say(language, "everything")
                                : names.dataset(each.dataset())));
        told.add(say(language, "why", each.reason(), each.basis()));
        told.add(say(language, "opened", at(each.opened()), each.openedByName()));
        Investigation.Consent consent = each.consent();
        if (consent != null) {
            told.add(
                    say(language, "consent", at(consent.time()), consent.name(), consent.reason()));
        }
        Investigation.LeakedFile file = each.file();
        if (file != null) {
            told.add(
                    say(
                            language,
                            "leaked",
                            file.name(),
                            Long.toString(file.bytes()),
                            file.sha256()));
        }
        return new Part(say(language, "question"), told, List.of(), List.of());
    }

    private Part result(LeakResult result, Locale language) {
        return new Part(
                say(language, "result"),
                List.of(
                        say(
                                language,
                                "figures",
                                Long.toString(result.rows()),
                                Long.toString(result.faulty()),
                                Integer.toString(result.examined()),
                                Integer.toString(result.direct()),
                                Integer.toString(result.linked()),
                                Long.toString(result.population())),
                        say(language, "resultText")),
                List.of(
                        say(language, "recipient"),
                        say(language, "verdict"),
                        say(language, "rows"),
                        say(language, "received"),
                        say(language, "share"),
                        say(language, "chance")),
                result.findings().stream()
                        .map(
                                f ->
                                        List.of(
                                                String.join(
                                                        " / ",
                                                        f.applications().stream()
                                                                .map(this::recipient)
                                                                .toList()),
                                                verdict(f, language),
                                                Integer.toString(f.rows()),
                                                Long.toString(f.received()),
                                                String.format(
                                                        Locale.ROOT, "%.0f %%", f.weight() * 100),
                                                f.verdict() == Verdict.NONE
                                                        ? "–"
                                                        : String.format(
                                                                Locale.ROOT, "%.1e", f.chance())))
                        .toList());
    }

    private String verdict(LeakResult.Finding found, Locale language) {
        String verdict = say(language, "verdict." + found.verdict());
        return found.marks().stream()
                .map(
                        mark ->
                                say(
                                        language,
                                        "marked",
                                        mark.export(),
                                        Integer.toString(mark.canaries()),
                                        Integer.toString(mark.inOrder()),
                                        Integer.toString(mark.pairs()),
                                        Integer.toString(mark.asSpelled()),
                                        Integer.toString(mark.texts())))
                .reduce(verdict, (all, mark) -> all + "; " + mark);
    }

    private String recipient(String application) {
        return names.application(application)
                + " ("
                + organisations.name(names.organisationOf(application))
                + ")";
    }

    private List<String> row(Line line, Locale language) {
        FoundDelivery delivery = line.delivery();
        if (delivery != null) {
            return List.of(
                    line.file(),
                    at(delivery.time()),
                    recipient(delivery.application()),
                    say(
                            language,
                            "delivered",
                            names.calledInterface(delivery.calledInterface()),
                            Integer.toString(delivery.rows()),
                            Integer.toString(delivery.subjects()),
                            delivery.purpose()),
                    delivery.origin() + " #" + delivery.index());
        }
        Happening happening = java.util.Objects.requireNonNull(line.happening());
        return List.of(
                line.file(),
                at(happening.time()),
                names.actor(happening) + " " + organisations.name(happening.organisation()),
                happening.action()
                        + " "
                        + happening.object()
                        + " "
                        + names.object(happening)
                        + " "
                        + happening.outcome(),
                happening.origin() + " #" + happening.index());
    }

    private String at(Instant time) {
        return SECOND.format(time.atZone(city.zone()));
    }

    /** The report as a page that needs nothing else. */
    byte[] html(Content content, Locale language) {
        String title = say(language, "title");
        StringBuilder page =
                new StringBuilder("<!doctype html>\n<html lang=\"")
                        .append(language.toLanguageTag())
                        .append("\"><meta charset=\"utf-8\"><meta name=\"viewport\" ")
                        .append("content=\"width=device-width\"><title>")
                        .append(escaped(title))
                        .append("</title><style>")
                        .append(STYLE)
                        .append("</style>\n<h1>")
                        .append(escaped(title))
                        .append("</h1>\n<p>")
                        .append(escaped(city.name().in(language)))
                        .append("</p>\n");
        for (Part part : parts(content, language)) {
            page.append("<h2>").append(escaped(part.heading())).append("</h2>\n");
            part.paragraphs().forEach(p -> page.append("<p>").append(escaped(p)).append("</p>\n"));
            if (!part.head().isEmpty()) {
                page.append("<table><thead>");
                row(page, "th", part.head());
                page.append("</thead>\n");
                part.rows().forEach(row -> row(page, "td", row));
                page.append("</table>\n");
            }
        }
        return page.append("</html>\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void row(StringBuilder page, String cell, List<String> cells) {
        page.append("<tr>");
        cells.forEach(
                text ->
                        page.append('<')
                                .append(cell)
                                .append('>')
                                .append(escaped(text).replace("\n", "<br>"))
                                .append("</")
                                .append(cell)
                                .append('>'));
        page.append("</tr>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** The report on paper. */
    byte[] pdf(Content content, Locale language) {
        String title = say(language, "title");
        try (Paper paper = fonts.paper(language, title)) {
            Flow flow = new Flow(paper);
            Style head = Style.of(17).strong();
            flow.down(8);
            paper.textAround(Paper.WIDTH / 2, flow.y(), head, title);
            flow.down(24);
            for (Part part : parts(content, language)) {
                flow.heading(40, part.heading());
                flow.down(4);
                part.paragraphs().forEach(p -> flow.paragraph(p, BODY));
                if (!part.head().isEmpty()) {
                    flow.table(widths(part.head().size()), part.head(), part.rows(), 99);
                }
            }
            for (int i = 0; i < paper.sheets(); i++) {
                paper.turnTo(i);
                paper.text(Flow.MARGIN, 46, SMALL, city.name().in(language) + " · " + title);
                paper.textBefore(
                        Flow.MARGIN + Flow.INNER,
                        Paper.HEIGHT - 40,
                        SMALL,
                        (i + 1) + " / " + paper.sheets());
            }
            return paper.bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double[] widths(int columns) {
        return switch (columns) {
            case 3 -> new double[] {0.22, 0.39, 0.39};
            case 5 -> new double[] {0.08, 0.15, 0.2, 0.37, 0.2};
            case 6 -> new double[] {0.36, 0.24, 0.1, 0.1, 0.1, 0.1};
            default -> throw new IllegalArgumentException("a table of " + columns + " columns");
        };
    }
}

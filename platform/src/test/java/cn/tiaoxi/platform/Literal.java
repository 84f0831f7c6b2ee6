package cn.tiaoxi.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A string or a text block of a Java source.
 *
 * @param file source, below the platform's package
 * @param line where its text begins, from 1
 * @param text what stands between the quotes, as it is written
 */
record Literal(Path file, int line, String text) {
    private static final Path SOURCES = Path.of("src/main/java/cn/tiaoxi/platform");

    /** Comments and characters are read too, so that a quote in them opens nothing. */
    private static final Pattern TOKEN =
            Pattern.compile(
                    "//[^\n]*"
                            + "|/\\*(?s:.*?)\\*/"
                            + "|'(?:\\\\.|[^'\\\\\n])+'"
                            + "|\"\"\"(?<block>(?:[^\"\\\\]++|\\\\(?s:.)|\"(?!\"\"))*+)\"\"\""
                            + "|\"(?<string>(?:\\\\.|[^\"\\\\\n])*)\"");

    /** All of the platform's main sources. */
    static List<Literal> ofThePlatform() {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Literal> all = new ArrayList<>();
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
                all.addAll(in(SOURCES.relativize(file), Files.readString(file)));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of one source. */
    static List<Literal> in(Path file, String source) {
        List<Literal> all = new ArrayList<>();
        Matcher token = TOKEN.matcher(source);
        while (token.find()) {
            String group = token.group("block") == null ? "string" : "block";
            if (token.group(group) != null) {
                all.add(new Literal(file, lineOf(source, token.start(group)), token.group(group)));
            }
        }
        return all;
    }

    /** The line of a place in a text, from 1. */
    static int lineOf(String text, int place) {
        return 1 + (int) text.substring(0, place).chars().filter(c -> c == '\n').count();
    }
}

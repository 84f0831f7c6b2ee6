package cn.tiaoxi.command;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** Tells a person at the terminal what happens, in their language or in both. */
final class Story {
    /** Which language the lines are in. */
    enum Language {
        ZH,
        EN,
        BOTH
    }

    private final PrintStream out;
    private final Language language;
    private final int chapters;
    private int chapter;
    private Instant begin = Instant.now();

    Story(PrintStream out, Language language, int chapters) {
        this.out = out;
        this.language = language;
        this.chapters = chapters;
    }

    /** Begins the next part. */
    void chapter(String chinese, String english) {
        chapter++;
        begin = Instant.now();
        out.println("[" + chapter + "/" + chapters + "] " + words(chinese, english));
    }

    /** Tells one thing that happened. */
    void tell(String chinese, String english) {
        out.println("      " + words(chinese, english));
    }

    /** Says where to look now, who can sign in, and which file to try. */
    void close(URI platform, Map<String, Cast.Account> accounts, Path tryIt) {
        out.println();
        out.println(
                words("可以自己上传的样例表（含错误行）：", "A table to bring yourself, with faults in it: ")
                        + tryIt);
        out.println(words("演示已就绪：", "The demonstration is ready: ") + platform);
        accounts.forEach(
                (username, account) ->
                        out.printf(
                                Locale.ROOT,
                                "      %-10s %s  %s %s %s%n",
                                username,
                                account.password(),
                                account.name(),
                                account.organisation(),
                                account.role()));
    }

    /** Seconds since the part began, for people. */
    String seconds() {
        long tenths = Duration.between(begin, Instant.now()).toMillis() / 100;
        return tenths / 10 + "." + tenths % 10 + " s";
    }

    private String words(String chinese, String english) {
        return switch (language) {
            case ZH -> chinese;
            case EN -> english;
            case BOTH -> chinese + " · " + english;
        };
    }
}

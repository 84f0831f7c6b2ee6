package cn.tiaoxi.platform.paper;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Finds a font with Chinese letters on this machine. */
@Component
public class Fonts {
    private static final Logger LOG = LoggerFactory.getLogger(Fonts.class);

    /** A character that every font for Chinese has. */
    private static final int CHINESE = '湖';

    private final PaperProperties properties;

    /** An open font takes tens of megabytes, so that it goes when they are needed. */
    private SoftReference<Typeface> open = new SoftReference<>(null);

    Fonts(PaperProperties properties) {
        this.properties = properties;
    }

    /**
     * Paper for what is written in a language, without a sheet yet.
     *
     * @throws PaperException if no font with Chinese letters is there
     */
    public Paper paper(Locale language, String title) {
        return new Paper(typeface(), language, title);
    }

    /**
     * The first font of the list that is there and has Chinese letters.
     *
     * @throws PaperException if none is
     */
    synchronized Typeface typeface() {
        Typeface kept = open.get();
        if (kept != null) {
            return kept;
        }
        for (String each : properties.fonts()) {
            Path file = Path.of(each);
            Typeface found = Files.isRegularFile(file) ? opened(file) : null;
            if (found != null) {
                open = new SoftReference<>(found);
                return found;
            }
        }
        throw PaperException.fontMissing();
    }

    private static @Nullable Typeface opened(Path file) {
        try {
            Typeface typeface = Typeface.open(file);
            if (typeface.glyph(CHINESE) != 0) {
                return typeface;
            }
            LOG.warn("The font {} has no Chinese letters", file);
        } catch (IOException | RuntimeException e) {
            LOG.warn("The font {} cannot be read", file, e);
        }
        return null;
    }
}

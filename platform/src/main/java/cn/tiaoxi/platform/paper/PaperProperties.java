package cn.tiaoxi.platform.paper;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How what is written becomes paper.
 *
 * @param fonts files of fonts with Chinese letters, .ttc, .otf or .ttf; the first that is there is
 *     embedded
 */
@ConfigurationProperties(prefix = "tiaoxi.paper", ignoreUnknownFields = false)
record PaperProperties(
        @DefaultValue({
                    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
                    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
                    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
                    "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc",
                    "/usr/share/fonts/opentype/source-han-sans/SourceHanSansSC-Regular.otf",
                    "/usr/share/fonts/adobe-source-han-sans/SourceHanSansSC-Regular.otf",
                    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
                    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
                    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
                    "/usr/share/fonts/truetype/droid/DroidSansFallback.ttf"
                })
                List<String> fonts) {
    PaperProperties {
        fonts = List.copyOf(fonts);
    }
}

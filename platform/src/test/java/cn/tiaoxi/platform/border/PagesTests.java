package cn.tiaoxi.platform.border;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

class PagesTests {
    private final Pages.DocumentResolver resolver = new Pages.DocumentResolver();

    @TempDir Path folder;

    @BeforeEach
    void files() throws IOException {
        Files.writeString(folder.resolve("index.html"), "pages");
        Files.writeString(folder.resolve("favicon.svg"), "sign");
    }

    private @Nullable Resource found(String path) throws IOException {
        return resolver.getResource(path, new FileSystemResource(folder + "/"));
    }

    @Test
    void aFileAnswersItself() throws IOException {
        assertThat(found("favicon.svg"))
                .isNotNull()
                .extracting(Resource::getFilename)
                .isEqualTo("favicon.svg");
    }

    @Test
    void anAddressOfThePagesAnswersTheirDocument() throws IOException {
        for (String path : new String[] {"datasets", "datasets/0192", "settings/people/wang.min"}) {
            assertThat(found(path))
                    .as(path)
                    .isNotNull()
                    .extracting(Resource::getFilename)
                    .isEqualTo("index.html");
        }
    }

    @Test
    void whatIsTheServersOwnIsNeverThePages() throws IOException {
        for (String path :
                new String[] {
                    "api/v1/none",
                    "api",
                    "gateway-control/v1/none",
                    "actuator/none",
                    "assets/gone.js"
                }) {
            assertThat(found(path)).as(path).isNull();
        }
    }
}

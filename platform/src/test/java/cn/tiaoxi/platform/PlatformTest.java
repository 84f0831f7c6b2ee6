package cn.tiaoxi.platform;

import cn.tiaoxi.platform.sharing.TestDatasets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test of the whole platform: a real PostgreSQL in a temporary data folder, the city of Huzhou
 * with the demonstration's people, and HTTP on a free port. All tests with this annotation share
 * one running platform, so that each must make the things it looks at and not count what others
 * made. Reach it over HTTP with {@link Visitors}, or take any public class by {@code @Autowired}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = Tiaoxi.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "tiaoxi.identity.demo=true",
            "tiaoxi.database.connections=8",
            "logging.level.org.springframework.boot.autoconfigure.logging=off"
        })
@ContextConfiguration(initializers = PlatformTest.TemporaryData.class)
@Import({Visitors.class, TestDatasets.class})
public @interface PlatformTest {

    /** Gives the platform a data folder that goes when the tests end. */
    final class TemporaryData
            implements ApplicationContextInitializer<ConfigurableApplicationContext> {
        @Override
        public void initialize(ConfigurableApplicationContext context) {
            try {
                Path folder = Files.createTempDirectory("tiaoxi-platform-test");
                Path city = Path.of("../city/huzhou").toAbsolutePath().normalize();
                TestPropertyValues.of("tiaoxi.data.folder=" + folder, "tiaoxi.city.folder=" + city)
                        .applyTo(context);
                Runtime.getRuntime()
                        .addShutdownHook(
                                new Thread(
                                        () -> {
                                            context.close();
                                            delete(folder);
                                        }));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void delete(Path folder) {
            try {
                org.springframework.util.FileSystemUtils.deleteRecursively(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

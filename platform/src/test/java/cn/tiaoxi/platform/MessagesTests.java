package cn.tiaoxi.platform;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.platform.border.ErrorCode;
import cn.tiaoxi.platform.identity.Permission;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Everything that a person reads exists in Chinese and English. */
class MessagesTests {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d+)[^}]*}");
    private static final Pattern LONE_APOSTROPHE = Pattern.compile("(?<!')'(?:'')*(?!')");
    private static final Pattern PERMISSION = Pattern.compile("\\b[a-z]+:[a-z]+\\b");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

    private final List<Bundle> bundles = Bundle.all();

    @Test
    void everyErrorHasATextInBothLanguages() {
        List<String> missing = new ArrayList<>();
        int codes = 0;
        for (JavaClass type : errorCodes()) {
            String module = type.getPackageName().split("\\.")[3];
            Bundle bundle = Bundle.of(module);
            for (Object constant : type.reflect().getEnumConstants()) {
                String code = ((ErrorCode) constant).name();
                codes++;
                if (!bundle.zh().containsKey(code)) {
                    missing.add("messages/" + module + ".properties: " + code);
                }
                if (!bundle.en().containsKey(code)) {
                    missing.add("messages/" + module + "_en.properties: " + code);
                }
            }
        }
        assertThat(codes).isGreaterThan(55);
        assertThat(missing).isEmpty();
    }

    /** Whoever lacks a permission is told its name. */
    @Test
    void everyPermissionHasANameInBothLanguages() throws IOException {
        Set<String> permissions = new TreeSet<>();
        String roles = Files.readString(Path.of("../city/huzhou/roles.yaml"));
        PERMISSION.matcher(roles).results().forEach(r -> permissions.add(r.group()));
        for (JavaClass type : production()) {
            for (JavaMethod method : type.getMethods()) {
                method.tryGetAnnotationOfType(Permission.class)
                        .ifPresent(p -> permissions.add(p.value()));
            }
        }
        assertThat(permissions).hasSizeGreaterThan(15);
        Bundle bundle = Bundle.of("identity");
        for (String permission : permissions) {
            String key = "identity.permission." + permission.replace(':', '.');
            assertThat(bundle.zh()).containsKey(key);
            assertThat(bundle.en()).containsKey(key);
        }
    }

    /** Without one, the detail would stand as title too. */
    @Test
    void everythingNotFoundHasATitle() {
        int codes = 0;
        for (JavaClass type : errorCodes()) {
            Bundle bundle = Bundle.of(type.getPackageName().split("\\.")[3]);
            for (Object constant : type.reflect().getEnumConstants()) {
                if (((ErrorCode) constant).status() == 404) {
                    codes++;
                    assertThat(bundle.zh()).containsKey(((ErrorCode) constant).name() + ".title");
                }
            }
        }
        assertThat(codes).isGreaterThan(10);
    }

    @Test
    void bothLanguagesHaveTheSameKeys() {
        assertThat(bundles).hasSizeGreaterThanOrEqualTo(7);
        for (Bundle bundle : bundles) {
            assertThat(new TreeSet<>(bundle.en().keySet()))
                    .as(bundle.module())
                    .isEqualTo(new TreeSet<>(bundle.zh().keySet()));
        }
    }

    /** The platform looks a text up in all files, so that of two the first one found would win. */
    @Test
    void noKeyStandsInTwoModules() {
        Map<String, String> modules = new TreeMap<>();
        List<String> twice = new ArrayList<>();
        for (Bundle bundle : bundles) {
            for (String key : bundle.zh().keySet()) {
                String other = modules.put(key, bundle.module());
                if (other != null) {
                    twice.add(key + " stands in " + other + " and " + bundle.module());
                }
            }
        }
        assertThat(modules).hasSizeGreaterThan(150);
        assertThat(twice).isEmpty();
    }

    @Test
    void bothLanguagesNameTheSamePlaceholders() {
        int texts = 0;
        for (Bundle bundle : bundles) {
            for (Map.Entry<String, String> text : bundle.zh().entrySet()) {
                TreeSet<String> wanted = placeholders(text.getValue());
                texts += wanted.isEmpty() ? 0 : 1;
                assertThat(placeholders(bundle.en().getOrDefault(text.getKey(), "")))
                        .as(bundle.module() + " " + text.getKey())
                        .isEqualTo(wanted);
            }
        }
        assertThat(texts).isGreaterThan(50);
    }

    @Test
    void noTextIsBlank() {
        for (Bundle bundle : bundles) {
            assertThat(bundle.zh().values()).as(bundle.module()).noneMatch(String::isBlank);
            assertThat(bundle.en().values()).as(bundle.module()).noneMatch(String::isBlank);
        }
    }

    /** A lone apostrophe would hide the placeholders behind it, and itself. */
    @Test
    void apostrophesBesidePlaceholdersAreDoubled() {
        for (Bundle bundle : bundles) {
            for (Map<String, String> texts : List.of(bundle.zh(), bundle.en())) {
                assertThat(texts.values())
                        .as(bundle.module())
                        .noneMatch(
                                t ->
                                        PLACEHOLDER.matcher(t).find()
                                                && LONE_APOSTROPHE.matcher(t).find());
            }
        }
    }

    @Test
    void chineseTextsAreChineseAndEnglishOnesAreNot() {
        for (Bundle bundle : bundles) {
            assertThat(bundle.en().values())
                    .as(bundle.module())
                    .noneMatch(t -> HAN.matcher(t).find());
            assertThat(bundle.zh().entrySet())
                    .as(bundle.module())
                    .allMatch(
                            t ->
                                    HAN.matcher(t.getValue()).find()
                                            || t.getValue().equals(bundle.en().get(t.getKey())));
        }
    }

    private static TreeSet<String> placeholders(String text) {
        TreeSet<String> all = new TreeSet<>();
        PLACEHOLDER.matcher(text).results().map(r -> r.group(1)).forEach(all::add);
        return all;
    }

    private static List<JavaClass> errorCodes() {
        return production().stream()
                .filter(c -> c.isEnum() && c.isAssignableTo(ErrorCode.class))
                .toList();
    }

    private static JavaClasses production() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("cn.tiaoxi.platform");
    }
}

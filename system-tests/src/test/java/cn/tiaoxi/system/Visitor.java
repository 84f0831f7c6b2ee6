package cn.tiaoxi.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A person at a browser, signed in, who reads one language. */
final class Visitor implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target/screenshots");

    private final URI platform;
    private final Words words;
    private final BrowserContext context;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    Visitor(Browser browser, URI platform, Words words, int width, int height) {
        this.platform = platform;
        this.words = words;
        this.context =
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setLocale(words.language())
                                .setTimezoneId("Asia/Shanghai")
                                .setViewportSize(width, height));
        this.page = context.newPage();
        page.setDefaultTimeout(30_000);
        page.onPageError(complaints::add);
        page.onConsoleMessage(
                message -> {
                    boolean expected = message.text().contains("401");
                    if (message.type().equals("error") && !expected) {
                        complaints.add(message.text());
                    }
                });
    }

    /** Signs in as one of the demonstration's people. */
    Visitor signIn(String username) {
        open("/sign-in");
        page.locator("input[autocomplete=username]").fill(username);
        page.locator("input[autocomplete=current-password]").fill("tiaoxi-2026");
        page.locator("button[type=submit]").click();
        page.waitForURL(url -> !url.contains("/sign-in"));
        return this;
    }

    Visitor open(String path) {
        page.navigate(platform.resolve(path).toString());
        return this;
    }

    Page page() {
        return page;
    }

    /** What the browser complained about: errors of scripts and of the console. */
    List<String> complaints() {
        return complaints;
    }

    /** Leaves a picture of the page as it is, under the language's folder. */
    Visitor picture(String name) {
        page.waitForLoadState();
        Locator busy = page.locator("[aria-busy=true]");
        if (busy.count() > 0) {
            assertThat(busy.first()).not().isVisible();
        }
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setPath(SCREENSHOTS.resolve(words.language()).resolve(name + ".png")));
        return this;
    }

    /** Presses the button (or follows the link that looks like one) with these words. */
    Visitor press(String key) {
        button(page.locator("body"), words.of(key)).first().click();
        return this;
    }

    /** Presses the button with these words in the open dialog. */
    Visitor pressInDialog(String key) {
        button(dialog(), words.of(key)).last().click();
        return this;
    }

    Locator dialog() {
        return page.getByRole(AriaRole.DIALOG).last();
    }

    private static Locator button(Locator within, String name) {
        Pattern exact = Pattern.compile("^\\s*" + plain(name) + ".*");
        return within.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(exact))
                .or(within.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(exact)));
    }

    /** A text inside an expression of the browser, which knows no quoting of whole texts. */
    private static String plain(String text) {
        return text.replaceAll("[.*+?^${}()|\\[\\]\\\\/]", "\\\\$0");
    }

    /** Fills in the field with that name in the request. */
    Visitor fill(String field, String text) {
        Locator control = page.locator("[data-field=" + field + "]").locator("input, textarea");
        control.first().fill(text);
        control.first().blur();
        return this;
    }

    /** Chooses in the list of the field with that name. */
    Visitor choose(String field, String option) {
        page.locator("[data-field=" + field + "] input").first().click();
        Locator list = page.locator(".el-select-dropdown__item:visible");
        Pattern whole = Pattern.compile("^\\s*" + plain(option) + "\\s*$");
        list.filter(new Locator.FilterOptions().setHasText(whole)).first().click();
        return this;
    }

    /** Waits for these words anywhere on the page. */
    Visitor sees(String text) {
        assertThat(page.getByText(text).first()).isVisible();
        return this;
    }

    String of(String key) {
        return words.of(key);
    }

    @Override
    public void close() {
        context.close();
    }
}

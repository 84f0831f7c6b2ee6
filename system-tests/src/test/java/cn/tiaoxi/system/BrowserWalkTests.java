package cn.tiaoxi.system;

import static org.assertj.core.api.Assertions.assertThat;

import cn.tiaoxi.command.SignedCaller;
import cn.tiaoxi.contract.CallSigner;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A newcomer walks through the main loop in the browser, in each language, leaving pictures. */
@ExtendWith(SharedPlatform.class)
class BrowserWalkTests {
    private static Playwright playwright;
    private static Browser browser;

    @TempDir Path folder;

    @BeforeAll
    static void open() {
        playwright = Playwright.create();
        browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                                        .setArgs(List.of("--no-sandbox")));
    }

    @AfterAll
    static void close() {
        playwright.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zh-CN", "en"})
    void theWholeLoopIsWalkedByHand(String language, LaunchedPlatform platform) throws Exception {
        Words words = Words.in(language);
        String title = language.equals("en") ? "Shop register walked" : "店铺登记走查";
        String lookup = "shops-walk-" + language.toLowerCase(java.util.Locale.ROOT);
        try (Visitor owner = visitor(platform, words);
                Visitor asker = visitor(platform, words)) {
            owner.open("/sign-in").picture("01-sign-in");
            owner.signIn(Loop.OWNER).picture("02-home-of-the-owner");

            String dataset = bring(owner, title);
            describe(owner, dataset);
            publish(owner, dataset, lookup);

            asker.signIn(Loop.ASKER);
            String request = ask(asker, title, dataset, words);
            decide(owner, request);
            SignedCaller caller = key(asker, platform, words);
            call(caller, lookup);
            tryIt(owner, lookup);
            prove(owner, dataset);
            revoke(owner, asker, caller, request, lookup);
            caller.close();

            assertThat(owner.complaints()).isEmpty();
            assertThat(asker.complaints()).isEmpty();
        }
        lookAround(platform, words);
    }

    private Visitor visitor(LaunchedPlatform platform, Words words) {
        return new Visitor(browser, platform.address(), words, 1280, 720);
    }

    /** Step 1: a file is sent, checked, its columns mended, and loaded. */
    private String bring(Visitor owner, String title) throws Exception {
        Path file = folder.resolve(title + ".csv");
        Files.writeString(file, Loop.shops(2_000) + "S9,坏行,1,2023-02-30\n");
        owner.open("/uploads/new").picture("03-upload");
        owner.page().locator("input[type=file]").setInputFiles(file);
        owner.page().waitForURL("**/uploads/*-*");
        owner.sees(owner.of("toColumns")).picture("04-how-it-is-understood");
        owner.press("toColumns");
        String[] names = {"code", "shop", "phone", "opened"};
        for (int i = 0; i < names.length; i++) {
            owner.page().getByLabel(owner.of("nameOf").formatted(i + 1)).fill(names[i]);
        }
        owner.picture("05-columns-mended").press("toTarget");
        owner.fill("title", title).picture("06-target").press("startLoad");
        owner.sees(owner.of("loaded")).picture("07-loaded").press("checkColumns");
        owner.page().waitForURL("**/datasets/**");
        return owner.page().url().replaceAll(".*/datasets/([^?/]+).*", "$1");
    }

    /** Step 2: grades are confirmed, metadata filled in, the dataset published. */
    private static void describe(Visitor owner, String dataset) {
        owner.sees(owner.of("confirmAll").split(" ")[0]).picture("08-suggested-grades");
        owner.page()
                .getByRole(AriaRole.BUTTON)
                .filter(
                        new Locator.FilterOptions()
                                .setHasText(owner.of("confirmAll").split(" ")[0]))
                .first()
                .click();
        owner.picture("09-confirm-grades").pressInDialog("confirmColumns");
        owner.sees(owner.of("allConfirmed"));
        owner.open("/datasets/" + dataset).picture("10-findings");
        owner.open("/datasets/" + dataset + "/edit");
        owner.fill("summary", "本市百货店铺的登记信息，供各部门核验店铺经营情况使用。");
        owner.fill("keywords", "店铺 百货");
        owner.fill("theme", "市场主体");
        owner.fill("sharingCondition", "因履行职责需要核验店铺的可以申请。");
        owner.fill("openingReason", "含有个人联系方式。");
        owner.fill("legalBasis", "《市场主体登记管理条例》");
        owner.fill("contact", "陈杰");
        owner.fill("contactPhone", "0572-2050003");
        owner.choose("resourceClass", owner.of("DEPARTMENT"));
        owner.choose("updatePeriod", owner.of("DAILY"));
        owner.choose("sharing", owner.of("CONDITIONAL"));
        owner.choose("sharingManner", owner.of("INTERFACE"));
        owner.choose("opening", owner.of("FORBIDDEN"));
        owner.picture("11-metadata").press("saveMetadata");
        owner.page().waitForURL("**/datasets/" + dataset);
        owner.press("publishDataset").pressInDialog("publishDataset");
        owner.sees(owner.of("publishInterface")).picture("12-published");
    }

    /** Step 3: an interface goes live. */
    private static void publish(Visitor owner, String dataset, String lookup) {
        owner.open("/datasets/" + dataset + "/interface");
        owner.fill("id", lookup).picture("13-publish-interface").press("publishInterface");
        owner.page().waitForURL("**/interfaces/" + lookup);
        owner.sees("/api/" + lookup).picture("14-interface");
    }

    /** Step 4: another department finds it and asks. */
    private static String ask(Visitor asker, String title, String dataset, Words words) {
        asker.open("/datasets?q=" + title.replace(" ", "%20")).sees(title).picture("15-catalogue");
        asker.open("/datasets/" + dataset).press("ask");
        asker.page().waitForURL("**/requests/new**");
        asker.press("newApplication");
        asker.dialog().locator("[data-field=name] input").fill("店铺核验 " + words.language());
        asker.pressInDialog("register");
        for (Locator field : asker.page().locator("[data-field=fields] [type=checkbox]").all()) {
            field.check();
        }
        asker.fill("purpose", "发放创业补贴前核验店铺是否真实经营。");
        asker.fill("legalBasis", "《就业促进法》第十五条");
        asker.fill("matter", "创业补贴申领");
        asker.picture("16-ask").press("submit");
        asker.page().waitForURL(url -> url.matches(".*/requests/(?!new)[^?/]+$"));
        asker.picture("17-asked");
        return asker.page().url().replaceAll(".*/requests/([^?/]+).*", "$1");
    }

    /** Step 4, on the other side: the owner sees reasons and decides. */
    private static void decide(Visitor owner, String request) {
        owner.open("/requests?box=decide").picture("18-to-decide");
        owner.open("/requests/" + request).picture("19-decision");
        owner.page().getByRole(AriaRole.RADIO, radio(owner.of("approve"))).first().check();
        owner.fill("reason", "惠民事项，同意；电话脱敏后提供。").picture("20-approve");
        owner.press("submitApproval");
        owner.page().locator("aside form").waitFor(hidden());
        owner.picture("21-decided");
    }

    private static com.microsoft.playwright.Page.GetByRoleOptions radio(String name) {
        return new com.microsoft.playwright.Page.GetByRoleOptions().setName(name);
    }

    private static Locator.WaitForOptions hidden() {
        return new Locator.WaitForOptions()
                .setState(com.microsoft.playwright.options.WaitForSelectorState.HIDDEN);
    }

    /** Step 5: the program's key is made; the secret is shown once. */
    private static SignedCaller key(Visitor asker, LaunchedPlatform platform, Words words) {
        asker.open("/applications?q=" + words.language());
        asker.page().getByText("店铺核验 " + words.language()).first().click();
        asker.page().waitForURL("**/applications/*-*");
        asker.press("newKey");
        asker.dialog().getByText(asker.of("sharedSecret")).click();
        asker.picture("22-new-key").pressInDialog("makeKey");
        Locator secret = asker.dialog().locator("pre").first();
        secret.waitFor();
        asker.picture("23-secret-shown-once");
        String key = asker.dialog().locator("code").nth(1).innerText().strip();
        byte[] material = Base64.getDecoder().decode(secret.innerText().strip());
        asker.dialog().getByText(asker.of("secretKept")).click();
        asker.pressInDialog("done");
        asker.picture("24-application");
        return new SignedCaller(platform.gateway(), CallSigner.hmac(key, material));
    }

    /** Step 5: a real signed call gets just what was granted, masked. */
    private static void call(SignedCaller caller, String lookup) {
        var answer = Loop.awaitStatus(caller, lookup, Map.of("code", "S100007"), 200);
        assertThat(answer.body()).contains("苕溪百货7号店").doesNotContain("13800000007");
    }

    /** Step 3 and 5: the page to try an interface makes real calls. */
    private static void tryIt(Visitor owner, String lookup) {
        owner.open("/interfaces/" + lookup + "?tab=try");
        owner.fill("code", "S100003").press("call");
        owner.page().locator("pre").first().waitFor();
        owner.picture("25-tried");
        owner.open("/interfaces/" + lookup + "?tab=samples").picture("26-samples");
    }

    /** Step 6: who received what. */
    private static void prove(Visitor owner, String dataset) {
        owner.open("/datasets/" + dataset + "?tab=disclosures");
        owner.sees("发放创业补贴前核验店铺是否真实经营。").picture("27-who-received-what");
    }

    /** Step 5: a revocation bites. */
    private static void revoke(
            Visitor owner, Visitor asker, SignedCaller caller, String request, String lookup) {
        owner.open("/requests/" + request);
        owner.page().locator("a[href^='/grants/']").first().click();
        owner.page().waitForURL("**/grants/*");
        owner.press("revoke");
        owner.dialog().locator("textarea").fill("补贴已发放完毕，授权收回。");
        owner.pressInDialog("revoke");
        var refused = Loop.awaitStatus(caller, lookup, Map.of("code", "S100007"), 403);
        assertThat(refused.body()).contains("GRANT_REVOKED");
        owner.picture("28-revoked");
        asker.open("/messages").picture("29-messages");
    }

    /**
     * Steps 6 and 7: the city's numbers, gateways and trace, as those see them who look after them.
     */
    private void lookAround(LaunchedPlatform platform, Words words) {
        try (Visitor steward = visitor(platform, words).signIn("zhao.lei")) {
            steward.picture("30-home-of-the-steward");
            Map<String, String> pages =
                    Map.of(
                            "31-indicators", "/indicators",
                            "32-catalogue", "/datasets",
                            "33-requests", "/requests?box=all",
                            "34-gateways", "/gateways",
                            "35-calls", "/calls",
                            "36-trace", "/trace",
                            "37-ledgers", "/ledgers",
                            "38-interfaces", "/interfaces",
                            "39-rules", "/settings/rules");
            pages.forEach((name, path) -> steward.open(path).picture(name));
            assertThat(steward.complaints()).isEmpty();
        }
        try (Visitor mayor =
                new Visitor(browser, platform.address(), words, 375, 760).signIn("mayor")) {
            mayor.picture("40-home-on-a-phone");
            mayor.open("/datasets").picture("41-catalogue-on-a-phone");
            assertThat(mayor.complaints()).isEmpty();
        }
    }
}

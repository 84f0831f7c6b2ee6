package cn.tiaoxi.command;

import cn.tiaoxi.command.Scenario.Calls;
import cn.tiaoxi.command.Scenario.Request;
import cn.tiaoxi.command.Scenario.Revocation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Plays the main loop once, over the same API that the pages use: tables are brought, described,
 * published, asked for, decided on, called, investigated, taken back. Each step first looks whether
 * it has been done, so that a demonstration that was broken off goes on where it stood.
 */
public final class Demo {
    private final Story story;
    private final Scenario scenario;
    private final CatalogueStory catalogue;
    private final SharingStory sharing;
    private final CallStory calls;
    private final InvestigationStory investigations;
    private final LedgerStory ledgers;
    private final Path ledgerFile;

    private Demo(Cast cast, Story story, Map<String, String> settings) {
        Path folder = Path.of(settings.getOrDefault("data", "data")).resolve("demo");
        URI gateway = URI.create(settings.getOrDefault("gateway", "http://127.0.0.1:8090"));
        CallerKeys keys = new CallerKeys(folder, gateway.toString());
        this.story = story;
        this.scenario =
                Scenario.read(Path.of(settings.getOrDefault("scenario", "demonstration.yaml")));
        this.catalogue =
                new CatalogueStory(
                        cast, story, folder, Path.of(settings.getOrDefault("places", "places")));
        this.sharing = new SharingStory(cast, story, keys);
        this.calls = new CallStory(story, gateway, keys, folder);
        this.investigations = new InvestigationStory(cast, story, folder);
        this.ledgers = new LedgerStory(cast, story, folder);
        this.ledgerFile = Path.of(settings.getOrDefault("ledgers", "demonstration-ledgers.yaml"));
    }

    /**
     * Plays the demonstration.
     *
     * <p>Arguments: {@code --platform URL --gateway URL --data DIR --scenario FILE --ledgers FILE
     * --places DIR --language zh|en|both}.
     */
    public static void main(String[] arguments) throws IOException {
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            settings.put(arguments[i].replaceFirst("^--", ""), arguments[i + 1]);
        }
        Story story =
                new Story(
                        System.out,
                        Story.Language.valueOf(
                                settings.getOrDefault("language", "both").toUpperCase(Locale.ROOT)),
                        7);
        URI platform = URI.create(settings.getOrDefault("platform", "http://127.0.0.1:8080"));
        try (Cast cast = new Cast(platform)) {
            new Demo(cast, story, settings).play();
            story.close(platform, cast.accounts(), tryIt(settings));
        } catch (PlatformRefusal | IllegalStateException e) {
            System.err.println("Demonstration: " + e.getMessage());
            System.exit(1);
        }
    }

    /** A small table with faults, in an old encoding, for the visitor to bring. */
    private static Path tryIt(Map<String, String> settings) throws IOException {
        Path file = Path.of(settings.getOrDefault("data", "data")).resolve("demo/try-it.csv");
        Path places = Path.of(settings.getOrDefault("places", "places"));
        return new RegistryGenerator(2, places)
                .write(RegistryGenerator.Kind.RESIDENTS, 2_000, "gb18030", file)
                .file();
    }

    private void play() throws IOException {
        story.chapter("登记一本账", "The ledgers are filled");
        ledgers.play(ledgerFile);
        if (sharing.played(scenario.requests())) {
            story.tell("演示数据已在，保持原样", "the demonstration was played before; its data is kept");
            return;
        }
        story.chapter("各部门归集、编目、发布数据", "Departments bring, describe and publish tables");
        for (Scenario.Dataset dataset : scenario.datasets()) {
            catalogue.play(dataset);
        }
        ledgers.nameDatasets();
        story.chapter("登记应用", "Applications are registered");
        for (Scenario.Application application : scenario.applications()) {
            sharing.register(application);
        }
        story.chapter("申请与审批", "Data is asked for and decided on");
        Map<Request, JsonNode> asked = new LinkedHashMap<>();
        for (Request request : scenario.requests()) {
            asked.put(request, sharing.ask(request));
        }
        story.chapter("签名调用", "Programs make signed calls");
        for (Calls calls : scenario.calls()) {
            this.calls.make(calls);
        }
        this.calls.abuse(scenario.abuse());
        story.chapter("倒查", "The trace is asked who received what");
        for (Scenario.Question question : scenario.investigations()) {
            investigations.ask(question);
        }
        story.chapter("撤销授权", "A grant is taken back");
        for (var entry : asked.entrySet()) {
            Revocation revocation = entry.getKey().revocation();
            if (revocation != null) {
                sharing.revoke(entry.getValue(), revocation);
                afterRevocation(entry.getKey());
            }
        }
    }

    private void afterRevocation(Request request) throws IOException {
        for (Calls calls : scenario.calls()) {
            if (calls.application().equals(request.application())
                    && calls.lookup().equals(request.lookup())) {
                this.calls.afterRevocation(calls);
            }
        }
    }
}

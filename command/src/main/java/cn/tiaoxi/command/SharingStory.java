package cn.tiaoxi.command;

import cn.tiaoxi.command.Scenario.Application;
import cn.tiaoxi.command.Scenario.Decision;
import cn.tiaoxi.command.Scenario.Request;
import cn.tiaoxi.command.Scenario.Revocation;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Asks for data, decides, takes back. What is done is not redone. */
final class SharingStory {
    private static final ZoneId CITY = ZoneId.of("Asia/Shanghai");

    private final Cast cast;
    private final Story story;
    private final CallerKeys keys;
    private final Map<String, String> applications = new HashMap<>();

    SharingStory(Cast cast, Story story, CallerKeys keys) {
        this.cast = cast;
        this.story = story;
        this.keys = keys;
    }

    /** Registers an application and makes its key, unless there is one kept from before. */
    void register(Application application) throws IOException {
        PlatformClient developer = cast.as(application.by());
        String id = findApplication(developer, application.name()).orElse("");
        if (id.isEmpty()) {
            id =
                    developer
                            .post(
                                    "/applications",
                                    Map.of(
                                            "name", application.name(),
                                            "description", application.description()))
                            .path("id")
                            .asString();
        }
        applications.put(application.name(), id);
        if (Files.notExists(keys.file(application.name()))) {
            JsonNode made =
                    developer.post(
                            "/applications/" + id + "/keys",
                            Map.of("algorithm", application.algorithm()));
            keys.keep(application, made);
        }
        story.tell(
                application.by()
                        + " 登记应用“"
                        + application.name()
                        + "”，密钥 "
                        + application.algorithm(),
                application.by()
                        + " registered the application "
                        + application.name()
                        + " with a key "
                        + application.algorithm());
    }

    /** Asks, and lets the approver decide; returns the request as it then stands. */
    JsonNode ask(Request wanted) {
        PlatformClient clerk = cast.as(wanted.by());
        JsonNode request = findRequest(clerk, wanted).orElseGet(() -> file(clerk, wanted));
        Decision decision = wanted.decision();
        if (decision != null && request.path("state").asString().equals("IN_REVIEW")) {
            decide(request, decision);
        }
        JsonNode now = clerk.get("/requests/" + request.path("id").asString());
        tell(wanted, now);
        return now;
    }

    private JsonNode file(PlatformClient clerk, Request wanted) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("interface", wanted.lookup());
        body.put("application", applications.get(wanted.application()));
        body.put("fields", wanted.fields());
        body.put("purpose", wanted.purpose());
        body.put("legalBasis", wanted.legalBasis());
        body.put("matter", wanted.matter());
        body.put("validUntil", LocalDate.now(CITY).plusYears(1).toString());
        body.put("perSecond", wanted.perSecond());
        body.put("perDay", wanted.perDay());
        return clerk.post("/requests", body);
    }

    private void decide(JsonNode request, Decision decision) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("outcome", decision.outcome());
        body.put("reason", decision.reason());
        if (decision.masks() != null) {
            body.put("masks", decision.masks());
        }
        PlatformClient approver = cast.as(decision.by());
        String path = "/requests/" + request.path("id").asString();
        long version = approver.get(path).path("version").asLong();
        approver.post(path + "/decision", body, version);
    }

    private void tell(Request wanted, JsonNode now) {
        String state = now.path("state").asString();
        JsonNode decision = now.path("decision");
        String who =
                decision.path("automatic").asBoolean(false)
                        ? "规则"
                        : decision.path("by").path("name").asString("");
        String rule = who.equals("规则") ? "a rule" : who;
        switch (state) {
            case "APPROVED" ->
                    story.tell(
                            who + " 批准：" + wanted.lookup() + "，" + wanted.purpose(),
                            "approved by " + rule + ": " + wanted.lookup());
            case "REFUSED" ->
                    story.tell(
                            who + " 不予批准：" + wanted.lookup() + "，" + wanted.purpose(),
                            "refused by " + rule + ": " + wanted.lookup());
            default ->
                    story.tell(
                            "留给您审批：" + wanted.lookup() + "，" + wanted.purpose(),
                            "left for you to decide: " + wanted.lookup());
        }
    }

    /** Takes the grant of a request back. */
    void revoke(JsonNode request, Revocation revocation) {
        JsonNode grant = grant(request, revocation);
        cast.as(revocation.by())
                .post(
                        "/grants/" + grant.path("id").asString() + "/revoke",
                        Map.of("reason", revocation.reason()),
                        grant.path("version").asLong());
        story.tell(
                revocation.by() + " 撤销授权：" + revocation.reason(),
                revocation.by() + " revoked a grant");
    }

    /** Whether all has been played: the last thing that is done is to take grants back. */
    boolean played(List<Request> requests) {
        for (Request wanted : requests) {
            Revocation revocation = wanted.revocation();
            if (revocation != null
                    && findRequest(cast.as(wanted.by()), wanted)
                            .filter(request -> revoked(request, revocation))
                            .isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private boolean revoked(JsonNode request, Revocation revocation) {
        return grant(request, revocation).path("state").asString().equals("REVOKED");
    }

    private JsonNode grant(JsonNode request, Revocation revocation) {
        String id = CatalogueStory.identifier(request.path("grant"));
        return cast.as(revocation.by()).get("/grants/" + id);
    }

    private static Optional<String> findApplication(PlatformClient developer, String name) {
        for (JsonNode item : developer.get("/applications?limit=200").path("items")) {
            if (item.path("name").asString().equals(name)) {
                return Optional.of(item.path("id").asString());
            }
        }
        return Optional.empty();
    }

    private static Optional<JsonNode> findRequest(PlatformClient clerk, Request wanted) {
        for (JsonNode item : clerk.get("/requests?box=mine&limit=200").path("items")) {
            if (item.path("purpose").asString().equals(wanted.purpose())
                    && item.path("interface").path("id").asString().equals(wanted.lookup())) {
                return Optional.of(item);
            }
        }
        return Optional.empty();
    }
}

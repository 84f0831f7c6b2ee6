package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.HttpUpstream.Format;
import cn.tiaoxi.contract.PolicySnapshot.Field;
import cn.tiaoxi.contract.PolicySnapshot.InterfaceState;
import cn.tiaoxi.contract.PolicySnapshot.PublishedInterface;
import cn.tiaoxi.contract.RefusalText;
import cn.tiaoxi.contract.UpstreamCheck;
import cn.tiaoxi.contract.Wire;
import cn.tiaoxi.platform.evidence.Evidence;
import cn.tiaoxi.platform.identity.Access;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Has a gateway call a service before it is registered, to see whether it answers as described. */
@Service
public class ServiceProbes {
    private static final String PATH = "/gateway-control/v1/upstream-check";
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Services services;
    private final GatewayKeys keys;
    private final SharingProperties properties;
    private final Evidence evidence;
    private final Access access;
    private final TransactionTemplate transaction;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(3))
                    .build();

    ServiceProbes(
            Services services,
            GatewayKeys keys,
            SharingProperties properties,
            Evidence evidence,
            Access access,
            TransactionTemplate transaction) {
        this.services = services;
        this.keys = keys;
        this.properties = properties;
        this.evidence = evidence;
        this.access = access;
        this.transaction = transaction;
    }

    /**
     * What a call found.
     *
     * @param code code of the refusal that a caller would get, or null if all is as described
     * @param problem the same in words, or null
     * @param mend what can be done, or null
     * @param bytes bytes that the service sent
     * @param records records in the answer
     * @param known values of fields that are described
     * @param unknown how often each other field came; these would be cut
     * @param format what the answer was read as
     */
    public record Found(
            @Nullable String code,
            @Nullable String problem,
            @Nullable String mend,
            long bytes,
            long milliseconds,
            long records,
            long known,
            Map<String, Long> unknown,
            Format format) {}

    /**
     * Calls a service through a gateway; nothing of its values comes back.
     *
     * @throws SharingException if no gateway answers
     */
    public Found check(NewService wanted, Map<String, String> values, Locale language)
            throws InterruptedException {
        Interface draft = services.draft(wanted);
        var upstream = java.util.Objects.requireNonNull(draft.upstream());
        transaction.executeWithoutResult(
                status ->
                        evidence.changed(
                                access.actor().who(),
                                "interface.checked",
                                "interface:" + draft.id(),
                                Map.of(
                                        "service",
                                        upstream.method()
                                                + " "
                                                + upstream.address()
                                                + upstream.path())));
        UpstreamCheck.Result result = ask(new UpstreamCheck(published(draft), values));
        var refusal = result.refusal();
        String subject = result.subject() == null ? "-" : result.subject();
        return new Found(
                refusal == null ? null : refusal.name(),
                refusal == null ? null : RefusalText.detail(refusal, subject, language),
                refusal == null ? null : RefusalText.mend(refusal, language),
                result.bytes(),
                result.milliseconds(),
                result.records(),
                result.known(),
                result.unknownNames(),
                upstream.format());
    }

    /** As gateways know it, without words for people. */
    private static PublishedInterface published(Interface each) {
        List<Field> fields =
                each.fields().stream()
                        .map(f -> new Field(f.name(), "", f.type(), f.grade(), ""))
                        .toList();
        return new PublishedInterface(
                each.id(),
                "",
                each.dataset(),
                each.organisation(),
                "",
                List.of(),
                fields,
                each.pageLimit(),
                InterfaceState.LIVE,
                null,
                each.upstream());
    }

    private UpstreamCheck.Result ask(UpstreamCheck check) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(properties.base() + PATH))
                        .timeout(LONGEST)
                        .header("Authorization", "Bearer " + keys.token())
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofByteArray(
                                        Wire.JSON.writeValueAsBytes(check)))
                        .build();
        try {
            HttpResponse<byte[]> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() == 200) {
                return Wire.read(answer.body(), UpstreamCheck.Result.class);
            }
            throw SharingException.gatewayUnreachable(
                    properties.base() + " " + answer.statusCode());
        } catch (IOException e) {
            throw SharingException.gatewayUnreachable(properties.base());
        }
    }
}

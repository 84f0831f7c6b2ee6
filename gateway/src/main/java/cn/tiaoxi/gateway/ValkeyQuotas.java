package cn.tiaoxi.gateway;

import cn.tiaoxi.gateway.quota.Lease;
import cn.tiaoxi.gateway.quota.Lease.Wanted;
import cn.tiaoxi.gateway.quota.QuotaStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Leases calls from a Valkey or Redis server. One script does for it what {@code
 * serving.lease_calls} does for PostgreSQL, by the server's clock.
 */
final class ValkeyQuotas implements QuotaStore {
    /**
     * Keys: one of each subject and span, which holds the window's number and the calls taken.
     * Arguments of each: span, most, wanted, window. China has had no summer time since 1991, so
     * its midnight is that of UTC+8.
     */
    private static final String SCRIPT =
            """
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            local day_millis = 86400000
            local here = now + 8 * 3600000

            local function month(days)
                local z = days + 719468
                local era = math.floor(z / 146097)
                local doe = z - era * 146097
                local yoe = math.floor((doe - math.floor(doe / 1460) + math.floor(doe / 36524)
                    - math.floor(doe / 146096)) / 365)
                local doy = doe - (365 * yoe + math.floor(yoe / 4) - math.floor(yoe / 100))
                local mp = math.floor((5 * doy + 2) / 153)
                local m = mp < 10 and mp + 3 or mp - 9
                return (yoe + era * 400 + (m <= 2 and 1 or 0)) * 100 + m
            end

            local function window(span)
                if span == 'SECOND' then
                    return math.floor(now / 1000), 1000 - now % 1000
                end
                local today = math.floor(here / day_millis)
                local rest = day_millis - here % day_millis
                if span == 'DAY' then
                    return today, rest
                end
                if span == 'MONTH' then
                    local this = month(today)
                    local days = 0
                    while month(today + days + 1) == this do days = days + 1 end
                    return this, rest + days * day_millis
                end
                return 1, 3650 * day_millis
            end

            local answer = {}
            for i, key in ipairs(KEYS) do
                local at = (i - 1) * 4
                local span = ARGV[at + 1]
                local most = tonumber(ARGV[at + 2])
                local wanted = tonumber(ARGV[at + 3])
                local number, ends = window(span)
                local known = redis.call('HMGET', key, 'number', 'taken')
                local used = tonumber(known[1]) == number and tonumber(known[2]) or 0
                local granted = 0
                if wanted < 0 then
                    if tonumber(ARGV[at + 4]) == number then
                        used = math.max(0, used + wanted)
                    end
                else
                    granted = math.max(0, math.min(wanted, most - used))
                    used = used + granted
                end
                redis.call('HSET', key, 'number', number, 'taken', used)
                redis.call('PEXPIRE', key, ends + 60000)
                table.insert(answer, granted)
                table.insert(answer, math.max(0, most - used))
                table.insert(answer, number)
                table.insert(answer, ends)
            end
            return answer
            """;

    private final Redis server;

    ValkeyQuotas(URI address, Vertx vertx) {
        this.server =
                Redis.createClient(
                        vertx, new RedisOptions().setConnectionString(address.toString()));
    }

    @Override
    public CompletableFuture<List<Lease>> lease(List<Wanted> wanted) {
        Request script = Request.cmd(Command.EVAL).arg(SCRIPT).arg(wanted.size());
        for (Wanted each : wanted) {
            script.arg("tiaoxi:quota:" + each.span() + ":" + each.subject());
        }
        for (Wanted each : wanted) {
            script.arg(each.span().name()).arg(each.most()).arg(each.wanted()).arg(each.window());
        }
        Future<List<Lease>> leases = server.send(script).map(ValkeyQuotas::leases);
        return leases.toCompletionStage().toCompletableFuture();
    }

    private static List<Lease> leases(Response numbers) {
        List<Lease> leases = new ArrayList<>(numbers.size() / 4);
        for (int i = 0; i < numbers.size(); i += 4) {
            leases.add(
                    new Lease(
                            numbers.get(i).toLong(),
                            numbers.get(i + 1).toLong(),
                            numbers.get(i + 2).toLong(),
                            numbers.get(i + 3).toLong()));
        }
        return leases;
    }

    @Override
    public void close() {
        server.close();
    }
}

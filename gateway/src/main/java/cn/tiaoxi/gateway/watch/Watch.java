package cn.tiaoxi.gateway.watch;

import cn.tiaoxi.contract.WatchSign;
import java.security.SecureRandom;
import java.util.Map;

/**
 * Watches calls as they pass: at most 4,096 pairs of application and interface and 1,024 keys, 6 MB
 * in all. What it notices it tells at once, each once per window and doubling. Hashes are seeded,
 * so that no caller can choose values that collide. Safe for use by threads.
 */
public final class Watch {
    private final WatchTable callers;
    private final WatchTable keys;
    private final long seed;

    /** Is told what was noticed, by the thread of the call. */
    public interface Listener {
        /**
         * @param sign what was noticed
         * @param amount how much, one of the amounts at which it is told
         */
        void noticed(WatchSign sign, long amount);
    }

    public Watch() {
        this(1_024, 256, new SecureRandom().nextLong());
    }

    Watch(int callerSets, int keySets, long seed) {
        this.callers = new WatchTable(callerSets);
        this.keys = new WatchTable(keySets);
        this.seed = seed;
    }

    /**
     * A call that passed its checks.
     *
     * @param keyId key that signed
     * @param address network address of the caller
     * @param values values looked up, by the key's name, as the caller sent them
     * @param epochSecond when
     */
    public void saw(
            String application,
            String interfaceId,
            String keyId,
            String address,
            Map<String, ?> values,
            long epochSecond,
            Listener to) {
        long key = Hashes.of(keyId, 0, keyId.length(), seed);
        long networks;
        synchronized (keys.lock(key)) {
            networks =
                    keys.of(key, epochSecond).cameFrom(Hashes.network(address, seed), epochSecond);
        }
        if (networks > 0) {
            to.noticed(WatchSign.NETWORKS, networks);
        }
        if (!values.isEmpty()) {
            looked(application, interfaceId, values, epochSecond, to);
        }
    }

    private void looked(
            String application,
            String interfaceId,
            Map<String, ?> values,
            long epochSecond,
            Listener to) {
        long caller =
                Hashes.of(
                        interfaceId,
                        0,
                        interfaceId.length(),
                        Hashes.of(application, 0, application.length(), seed));
        long walk = 0;
        long subjects;
        synchronized (callers.lock(caller)) {
            Watched watched = callers.of(caller, epochSecond);
            long subject = 0;
            for (Map.Entry<String, ?> each : values.entrySet()) {
                String name = each.getKey();
                String value = each.getValue().toString();
                long named = Hashes.of(name, 0, name.length(), seed);
                subject += Hashes.of(value, 0, value.length(), named);
                walk =
                        Math.max(
                                walk,
                                watched.walked(
                                        Ordinal.surroundings(value, named),
                                        Ordinal.number(value),
                                        epochSecond));
            }
            subjects = watched.lookedUp(Hashes.mixed(subject), epochSecond);
        }
        if (walk > 0) {
            to.noticed(WatchSign.WALK, walk);
        }
        if (subjects > 0) {
            to.noticed(WatchSign.SUBJECTS, subjects);
        }
    }
}

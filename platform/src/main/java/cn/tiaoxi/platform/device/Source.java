package cn.tiaoxi.platform.device;

import java.util.Set;

/**
 * Who reports, as of this report.
 *
 * @param id identifier of the reporter, {@code mqtt} for the broker
 * @param organisations codes of the organisations whose devices it may report
 */
record Source(String id, Set<String> organisations) {
    /** Identifier of the broker among the reporters. */
    static final String MQTT = "mqtt";

    Source {
        organisations = Set.copyOf(organisations);
    }

    boolean may(String organisation) {
        return organisations.contains(organisation);
    }
}

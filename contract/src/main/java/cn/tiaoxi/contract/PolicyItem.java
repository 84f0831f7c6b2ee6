package cn.tiaoxi.contract;

import cn.tiaoxi.contract.PolicySnapshot.CallerApplication;
import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.PolicySnapshot.PublishedInterface;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a policy puts, or takes away, as it travels.
 *
 * @param kind what it is
 * @param id its identifier, unique within its kind
 * @param content what {@link PolicyCodec} made of it, null where it is taken away
 */
public record PolicyItem(Kind kind, String id, byte @Nullable [] content) {

    public PolicyItem {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(id, "id");
    }

    /** What policies are made of. The order is part of the format; new kinds come at the end. */
    public enum Kind {
        INTERFACE(PublishedInterface.class),
        APPLICATION(CallerApplication.class),
        GRANT(Grant.class);

        private final Class<? extends Record> type;

        Kind(Class<? extends Record> type) {
            this.type = type;
        }

        /** The record that the content holds. */
        public Class<? extends Record> type() {
            return type;
        }
    }

    public static PolicyItem put(PublishedInterface published) {
        return new PolicyItem(Kind.INTERFACE, published.id(), PolicyCodec.write(published));
    }

    public static PolicyItem put(CallerApplication application) {
        return new PolicyItem(Kind.APPLICATION, application.id(), PolicyCodec.write(application));
    }

    public static PolicyItem put(Grant grant) {
        return new PolicyItem(Kind.GRANT, grant.id(), PolicyCodec.write(grant));
    }

    public static PolicyItem removed(Kind kind, String id) {
        return new PolicyItem(kind, id, null);
    }

    /** All that a snapshot holds: interfaces first, so that grants find theirs. */
    static Stream<PolicyItem> all(PolicySnapshot snapshot) {
        return Stream.of(
                        snapshot.interfaces().stream().map(PolicyItem::put),
                        snapshot.applications().stream().map(PolicyItem::put),
                        snapshot.grants().stream().map(PolicyItem::put))
                .flatMap(items -> items);
    }

    /**
     * The record in the content.
     *
     * @throws IllegalArgumentException if there is none or it cannot be read
     */
    public <T extends Record> T read(Class<T> type) {
        if (content == null) {
            throw new IllegalArgumentException(kind + " " + id + " has no content");
        }
        return PolicyCodec.read(content, type);
    }
}

package cn.tiaoxi.contract;

import cn.tiaoxi.contract.PolicySnapshot.CallerApplication;
import cn.tiaoxi.contract.PolicySnapshot.Grant;
import cn.tiaoxi.contract.PolicySnapshot.PublishedInterface;

/**
 * Reads the records in a policy's items; what many of them have alike is shared. For one thread.
 */
public final class PolicyItems {
    private final RecordReader<PublishedInterface> interfaces =
            new RecordReader<>(PublishedInterface.class);
    private final RecordReader<CallerApplication> applications =
            new RecordReader<>(CallerApplication.class);
    private final RecordReader<Grant> grants = new RecordReader<>(Grant.class);

    /**
     * Reads an interface that is put.
     *
     * @throws IllegalArgumentException if it is none
     */
    public PublishedInterface published(PolicyItem item) {
        return interfaces.read(content(item));
    }

    /**
     * Reads an application that is put.
     *
     * @throws IllegalArgumentException if it is none
     */
    public CallerApplication application(PolicyItem item) {
        return applications.read(content(item));
    }

    /**
     * Reads a grant that is put.
     *
     * @throws IllegalArgumentException if it is none
     */
    public Grant grant(PolicyItem item) {
        return grants.read(content(item));
    }

    private static byte[] content(PolicyItem item) {
        byte[] content = item.content();
        if (content == null) {
            throw new IllegalArgumentException(item.id() + " is taken away");
        }
        return content;
    }
}

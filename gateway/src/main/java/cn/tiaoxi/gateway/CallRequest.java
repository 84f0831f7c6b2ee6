package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.RequestParts;
import org.jspecify.annotations.Nullable;

/**
 * A request as the checks see it, apart from the server that read it.
 *
 * @param parts what a signature can cover, and all headers
 * @param rawQuery the query without its {@code ?}
 * @param body the body, empty for none
 * @param certificate thumbprint of the certificate that the caller came with, or null
 */
record CallRequest(
        RequestParts parts, String rawQuery, byte[] body, @Nullable String certificate) {}

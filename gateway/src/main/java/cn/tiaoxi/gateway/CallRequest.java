package cn.tiaoxi.gateway;

import cn.tiaoxi.contract.RequestParts;

/**
 * A request as the checks see it, apart from the server that read it.
 *
 * @param parts what a signature can cover, and all headers
 * @param rawQuery the query without its {@code ?}
 * @param body the body, empty for none
 */
record CallRequest(RequestParts parts, String rawQuery, byte[] body) {}

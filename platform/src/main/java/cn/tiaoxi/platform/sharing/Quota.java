package cn.tiaoxi.platform.sharing;

import cn.tiaoxi.contract.CallLimits;
import java.time.Instant;

/**
 * A limit over all grants together.
 *
 * @param subject identifier of an application or interface, code of an organisation
 * @param subjectName its name
 * @param organisation code of the organisation that it belongs to
 * @param limits what it may do
 * @param used what it has done
 * @param reason why the limit was set
 * @param changedBy who set it last
 */
public record Quota(
        Quotas.Kind kind,
        String subject,
        String subjectName,
        String organisation,
        CallLimits limits,
        CallUse used,
        String reason,
        Instant changed,
        String changedBy,
        long version) {}

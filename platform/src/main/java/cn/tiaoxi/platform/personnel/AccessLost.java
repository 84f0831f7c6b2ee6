package cn.tiaoxi.platform.personnel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key person lost the right to access. Published in the transaction of the loss, after the
 * account was switched off; whoever listens takes away what the person held, or fails with it.
 *
 * @param loss identifier of the loss, which {@link AccessRestored} names when it is undone
 * @param person entry of the key person
 * @param title name of the person
 * @param username the person's account, or null
 * @param organisation code of the organisation that looks after the person
 * @param reasons why
 */
public record AccessLost(
        String loss,
        String person,
        String title,
        @Nullable String username,
        String organisation,
        List<LossReason> reasons) {
    public AccessLost {
        reasons = List.copyOf(reasons);
    }
}

package cn.tiaoxi.platform.personnel;

import java.util.List;

/**
 * A vendor is no longer admitted. Published in the transaction of that change; each of its people
 * loses access with an {@link AccessLost} of their own.
 *
 * @param loss identifier of the loss, which {@link AccessRestored} names when it is undone
 * @param vendor entry of the vendor
 * @param title its name
 * @param applications entries of the applications that it answers for
 */
public record VendorLost(String loss, String vendor, String title, List<String> applications) {
    public VendorLost {
        applications = List.copyOf(applications);
    }
}

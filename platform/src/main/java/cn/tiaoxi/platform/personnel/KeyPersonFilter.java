package cn.tiaoxi.platform.personnel;

import java.util.Set;

/**
 * Which key persons a list shows. Empty texts filter nothing.
 *
 * @param reach codes of the organisations that may be seen, none for all
 * @param vendor entry of a vendor
 * @param application entry of an application worked on
 * @param standing {@code good}, {@code wanting} (not left, but without a right to access) or {@code
 *     lost}
 */
public record KeyPersonFilter(
        Set<String> reach,
        String text,
        String organisation,
        String vendor,
        String application,
        String state,
        String standing) {
    public KeyPersonFilter {
        reach = Set.copyOf(reach);
    }
}

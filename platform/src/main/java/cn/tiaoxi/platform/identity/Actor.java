package cn.tiaoxi.platform.identity;

import cn.tiaoxi.platform.evidence.Who;
import java.util.Map;
import java.util.Set;

/**
 * The person behind a request, as of this request: roles and state are read anew each time, so a
 * change bites at once.
 *
 * @param id identifier of the person
 * @param username sign-in name
 * @param name name for people
 * @param organisation code of the person's organisation
 * @param roles roles held
 * @param permissions each permission with the codes of the organisations it reaches; an empty set
 *     means every organisation
 */
public record Actor(
        String id,
        String username,
        String name,
        String organisation,
        Set<String> roles,
        Map<String, Set<String>> permissions) {

    public Actor {
        roles = Set.copyOf(roles);
        permissions = Map.copyOf(permissions);
    }

    /** Whether the person has the permission for at least one organisation. */
    public boolean may(String permission) {
        return permissions.containsKey(permission);
    }

    /** Whether the person has the permission for that organisation. */
    public boolean may(String permission, String organisationCode) {
        Set<String> reach = permissions.get(permission);
        return reach != null && (reach.isEmpty() || reach.contains(organisationCode));
    }

    /** Whether the person has the permission for every organisation. */
    public boolean mayEverywhere(String permission) {
        Set<String> reach = permissions.get(permission);
        return reach != null && reach.isEmpty();
    }

    /**
     * Codes of the organisations that the permission reaches: for the WHERE clause of a list. Empty
     * means all; ask {@link #may(String)} first.
     */
    public Set<String> reach(String permission) {
        return permissions.getOrDefault(permission, Set.of());
    }

    /** As the trace names the person. */
    public Who who() {
        return new Who(username, organisation);
    }
}

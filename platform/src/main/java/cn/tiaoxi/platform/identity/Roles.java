package cn.tiaoxi.platform.identity;

import cn.tiaoxi.platform.border.Words;
import cn.tiaoxi.platform.city.CityException;
import cn.tiaoxi.platform.city.CityFolder;
import cn.tiaoxi.platform.city.Organisations;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Roles and what they permit, from {@code roles.yaml}. */
@Component
public class Roles {
    private final Map<String, Role> byId = new LinkedHashMap<>();
    private final Organisations organisations;

    /**
     * A role.
     *
     * @param own permissions for the person's own organisation and those below it
     * @param all permissions for every organisation
     */
    public record Role(
            String id, Words name, Words description, List<String> own, List<String> all) {}

    /** The shape of {@code roles.yaml}. */
    record RolesFile(List<Role> roles) {}

    Roles(CityFolder folder, Organisations organisations) {
        this.organisations = organisations;
        for (Role role : folder.read("roles.yaml", RolesFile.class).roles()) {
            if (byId.put(role.id(), role) != null) {
                throw CityException.wrong(
                        folder.path("roles.yaml"), "the role " + role.id() + " stands twice");
            }
        }
    }

    public List<Role> all() {
        return List.copyOf(byId.values());
    }

    boolean exists(String id) {
        return byId.containsKey(id);
    }

    /** The name in the language of the request under way. */
    public String name(String id) {
        Role role = byId.get(id);
        return role == null ? id : role.name().shown();
    }

    /** What a person with these roles in that organisation may do, and where. */
    Map<String, Set<String>> permissions(Set<String> roles, String organisation) {
        Map<String, Set<String>> reach = new HashMap<>();
        Set<String> within = organisations.within(organisation);
        for (String id : roles) {
            Role role = byId.get(id);
            if (role != null) {
                role.own().forEach(p -> widen(reach, p, within));
                role.all().forEach(p -> reach.put(p, Set.of()));
            }
        }
        return reach;
    }

    private static void widen(Map<String, Set<String>> reach, String permission, Set<String> by) {
        Set<String> before = reach.get(permission);
        if (before == null) {
            reach.put(permission, by);
        } else if (!before.isEmpty()) {
            Set<String> both = new HashSet<>(before);
            both.addAll(by);
            reach.put(permission, both);
        }
    }
}

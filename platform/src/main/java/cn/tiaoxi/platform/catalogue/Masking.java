package cn.tiaoxi.platform.catalogue;

import cn.tiaoxi.contract.PolicySnapshot.Mask;
import cn.tiaoxi.platform.city.CityFolder;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How values are hidden by what they are, from {@code masks.yaml}. */
@Component
public class Masking {
    private final Map<String, Mask> byKind;

    /** The shape of {@code masks.yaml}. */
    record MasksFile(Map<String, Mask> masks) {}

    Masking(CityFolder folder) {
        this.byKind = Map.copyOf(folder.read("masks.yaml", MasksFile.class).masks());
    }

    /** How a value of that kind is hidden: whole, if the city says nothing else. */
    public Mask mask(@Nullable String kind) {
        return kind == null ? Mask.HIDE : byKind.getOrDefault(kind, Mask.HIDE);
    }
}

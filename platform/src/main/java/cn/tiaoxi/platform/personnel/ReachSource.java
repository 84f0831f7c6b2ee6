package cn.tiaoxi.platform.personnel;

import java.util.List;

/**
 * Knows what people reach in a module above. The module makes a bean of it; the texts are in the
 * language of the request under way.
 */
public interface ReachSource {

    /** What a key person reaches. */
    List<Reached> of(KeyPerson person);

    /** What a vendor reaches over the applications that it answers for, given by their entries. */
    List<Reached> ofVendor(String vendor, List<String> applications);
}

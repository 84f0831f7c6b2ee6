package cn.tiaoxi.platform.device;

import java.util.List;

/**
 * A part of the map.
 *
 * @param clusters places where several devices stand close together
 * @param devices devices that stand alone
 * @param total how many devices are within the box
 * @param unplaced how many devices the filter means that the ledger gives no place
 */
public record DeviceMap(List<Cluster> clusters, List<Device> devices, long total, long unplaced) {
    public DeviceMap {
        clusters = List.copyOf(clusters);
        devices = List.copyOf(devices);
    }

    /** Devices that stand close together, at their middle. */
    public record Cluster(
            double lon, double lat, long devices, long online, long offline, long unseen) {}
}

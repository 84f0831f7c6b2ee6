package cn.tiaoxi.platform.device;

import cn.tiaoxi.platform.border.Page;
import cn.tiaoxi.platform.border.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Shows the sensing devices in use and how they fare. */
@Service
public class Devices {
    /** Width of a square of the grid in pixels of the map. */
    private static final int SQUARE = 72;

    /** Width of the world in pixels at zoom 0, as all web maps have it. */
    private static final int WORLD = 256;

    /** So many devices within the box are shown one by one. */
    private static final int FEW = 60;

    /** Most squares along each side of the box. */
    private static final int MOST_SQUARES = 60;

    private final DeviceStore store;

    Devices(DeviceStore store) {
        this.store = store;
    }

    /** Part of the list. Sorts: code, title, organisation, kind, state, lastSeen. */
    public Page<Device> list(DeviceFilter filter, Slice slice) {
        return store.list(filter, slice);
    }

    /** How many devices are in each state. */
    public Map<Device.State, Long> states(DeviceFilter filter) {
        return store.states(filter);
    }

    /**
     * A device in use.
     *
     * @throws DeviceException if there is none of that identifier
     */
    public Device get(String id) {
        return store.find(id).orElseThrow(() -> DeviceException.deviceNotFound(id));
    }

    /** A device's outages, newest first. */
    public Page<Outage> outages(Device device, Slice slice) {
        return store.outages(device.id(), slice);
    }

    /**
     * What stands within a box. Devices that would overlap at that zoom are counted together, by
     * squares of a grid that is the same for every box, so that moving the map changes no cluster
     * but those at its rim.
     *
     * @param zoom as web maps count it: at 0 the world is 256 pixels wide, each step doubles it
     */
    @Transactional(readOnly = true)
    public DeviceMap map(DeviceFilter filter, DeviceFilter.Box box, double zoom) {
        double width = 360 * SQUARE / (WORLD * Math.pow(2, zoom));
        width = Math.max(width, (box.east() - box.west()) / MOST_SQUARES);
        double flat = Math.cos(Math.toRadians((box.south() + box.north()) / 2));
        // A step of the flattening, not the flattening itself: else the grid would move with the
        // box.
        double height = width * Math.max(0.1, Math.round(flat * 10) / 10.0);
        height = Math.max(height, (box.north() - box.south()) / MOST_SQUARES);
        List<DeviceStore.Cell> cells = store.cells(filter, width, height);
        long total = cells.stream().mapToLong(DeviceStore.Cell::devices).sum();
        long unplaced = store.unplaced(filter);
        if (total <= FEW) {
            return new DeviceMap(List.of(), store.all(filter), total, unplaced);
        }
        List<DeviceMap.Cluster> clusters = new ArrayList<>();
        List<String> alone = new ArrayList<>();
        for (DeviceStore.Cell cell : cells) {
            if (cell.devices() == 1) {
                alone.add(cell.first());
            } else {
                clusters.add(
                        new DeviceMap.Cluster(
                                cell.lon(),
                                cell.lat(),
                                cell.devices(),
                                cell.online(),
                                cell.offline(),
                                cell.unseen()));
            }
        }
        return new DeviceMap(clusters, store.all(alone), total, unplaced);
    }
}

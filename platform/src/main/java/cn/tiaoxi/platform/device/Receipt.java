package cn.tiaoxi.platform.device;

import java.util.List;

/**
 * What became of reported rows; they are durable when it is given.
 *
 * @param accepted how many rows were taken
 * @param refused the others, by their place
 */
public record Receipt(int accepted, List<Refused> refused) {
    public Receipt {
        refused = List.copyOf(refused);
    }

    /**
     * A row that was not taken.
     *
     * @param row its place in what was sent, from 0
     * @param code the code that it names, empty if none
     */
    public record Refused(int row, String code, Refusal reason) {}
}

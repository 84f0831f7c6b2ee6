package cn.tiaoxi.platform.duplicate;

/** Keeps the greatest of many numbers: a heap whose root is the least that is kept. */
final class Best {
    private final int[] numbers;
    private final float[] sums;
    private int size;

    Best(int most) {
        this.numbers = new int[most];
        this.sums = new float[most];
    }

    void offer(int number, float sum) {
        if (size < numbers.length) {
            numbers[size] = number;
            sums[size] = sum;
            up(size++);
        } else if (sum > sums[0]) {
            numbers[0] = number;
            sums[0] = sum;
            down();
        }
    }

    private void up(int at) {
        int child = at;
        while (child > 0 && sums[child] < sums[(child - 1) / 2]) {
            swap(child, (child - 1) / 2);
            child = (child - 1) / 2;
        }
    }

    private void down() {
        int parent = 0;
        while (true) {
            int least = parent;
            for (int child = 2 * parent + 1; child <= 2 * parent + 2 && child < size; child++) {
                least = sums[child] < sums[least] ? child : least;
            }
            if (least == parent) {
                return;
            }
            swap(parent, least);
            parent = least;
        }
    }

    private void swap(int a, int b) {
        int number = numbers[a];
        float sum = sums[a];
        numbers[a] = numbers[b];
        sums[a] = sums[b];
        numbers[b] = number;
        sums[b] = sum;
    }

    /** What was kept, in no order. */
    int[] numbers() {
        return java.util.Arrays.copyOf(numbers, size);
    }
}

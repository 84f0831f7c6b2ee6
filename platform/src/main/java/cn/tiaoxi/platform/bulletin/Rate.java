package cn.tiaoxi.platform.bulletin;

/**
 * How standardised entries are.
 *
 * @param entries how many count
 * @param standardised how many of them have no finding but advice
 * @param score sum of their scores, each from 0 to 1
 */
public record Rate(long entries, long standardised, double score) {
    static final Rate NONE = new Rate(0, 0, 0);

    /** The standardised rate 规范率: standardised entries / entries; 1 without any. */
    public double share() {
        return entries == 0 ? 1 : (double) standardised / entries;
    }

    /** The mean score: sum of the scores / entries; 1 without any. */
    public double mean() {
        return entries == 0 ? 1 : score / entries;
    }

    Rate plus(Rate other) {
        return new Rate(
                entries + other.entries, standardised + other.standardised, score + other.score);
    }
}

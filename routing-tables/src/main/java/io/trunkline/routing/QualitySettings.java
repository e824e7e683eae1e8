package io.trunkline.routing;

import java.util.List;

/**
 * How carriers are measured and graded.
 *
 * @param bucketMs length of a bucket, 1 or more
 * @param buckets of the sliding window, 1..{@link #MAX_BUCKETS}
 * @param leastSamples in the window, below which nothing is judged, 1 or more
 * @param holdMs how long a grade stays while there are too few samples to judge; after that the carrier is good until it
 *     shows otherwise
 * @param carriers whose ids are below this are measured
 */
public record QualitySettings(
        long bucketMs, int buckets, long leastSamples, long holdMs, int carriers, List<QualityRule> rules) {
    public static final int MAX_BUCKETS = 360;
    /** A rule is a bit. */
    public static final int MAX_RULES = 32;

    public static final int MAX_CARRIERS = 1 << 16;

    public QualitySettings {
        rules = List.copyOf(rules);
        if (bucketMs < 1 || buckets < 1 || buckets > MAX_BUCKETS) {
            throw new IllegalArgumentException(buckets + " buckets of " + bucketMs + " ms");
        }
        if (leastSamples < 1 || holdMs < 0) {
            throw new IllegalArgumentException(leastSamples + " samples, held for " + holdMs + " ms");
        }
        if (rules.size() > MAX_RULES || carriers < 0 || carriers > MAX_CARRIERS) {
            throw new IllegalArgumentException(rules.size() + " rules, " + carriers + " carriers");
        }
    }
}

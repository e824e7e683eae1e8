package io.trunkline.gateway.config;

import io.trunkline.gateway.config.RoutingPlan.Quality;
import io.trunkline.gateway.config.RoutingPlan.Threshold;
import io.trunkline.routing.Indicator;
import io.trunkline.routing.QualityRule;
import io.trunkline.routing.QualitySettings;
import java.util.List;

/** Turns what is written about quality into what carriers are measured by. */
public final class QualityRules {
    private static final double MS_OF_SECOND = 1000.0;
    private static final double BASIS_POINTS_OF_PERCENT = 100.0;

    private QualityRules() {}

    /**
     * The settings.
     *
     * @param carriers whose numbers are below this are measured
     * @throws IllegalArgumentException where the values contradict one another
     */
    public static QualitySettings settings(final Quality quality, final int carriers) {
        final long bucketMs = quality.bucket().toMillis();
        final long buckets = bucketMs == 0 ? 0 : quality.window().toMillis() / bucketMs;
        final List<QualityRule> rules =
                quality.grades().stream().map(QualityRules::rule).toList();
        return new QualitySettings(
                bucketMs,
                (int) Math.min(buckets, Integer.MAX_VALUE),
                quality.leastSamples(),
                quality.hold().toMillis(),
                carriers,
                rules);
    }

    private static QualityRule rule(final Threshold threshold) {
        final double unit = unit(threshold.indicator());
        return new QualityRule(
                threshold.indicator(),
                threshold.grade(),
                Math.round(threshold.enter() * unit),
                Math.round(threshold.leave() * unit));
    }

    private static double unit(final Indicator indicator) {
        return switch (indicator) {
            case DELIVERY_RATE, ANSWER_SEIZURE_RATIO, NETWORK_EFFECTIVENESS_RATIO -> BASIS_POINTS_OF_PERCENT;
            case DELIVERY_LATENCY, POST_DIAL_DELAY -> MS_OF_SECOND;
            case AVERAGE_CALL_DURATION -> 1;
        };
    }
}

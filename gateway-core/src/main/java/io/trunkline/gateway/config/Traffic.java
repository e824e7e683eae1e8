package io.trunkline.gateway.config;

import io.trunkline.routing.networks.NumberRanges;
import java.util.List;
import java.util.Optional;

/**
 * What may pass, and how much of it: {@code limits.yaml} with {@code limits.csv} and {@code campaigns.csv}, {@code
 * networks.csv}, {@code blocks.csv}.
 *
 * @param campaigns empty where there is no {@code campaigns.csv}: every campaign counts under its own name then
 * @param networks the ranges that networks were given
 */
public record Traffic(
        List<TrafficLimit> limits,
        List<Amount> amounts,
        Optional<List<Campaign>> campaigns,
        NumberRanges networks,
        List<Block> blocks) {
    /** Everything passes. */
    public static final Traffic FREE =
            new Traffic(List.of(), List.of(), Optional.empty(), NumberRanges.EMPTY, List.of());

    public Traffic {
        limits = List.copyOf(limits);
        amounts = List.copyOf(amounts);
        campaigns = campaigns.map(List::copyOf);
        blocks = List.copyOf(blocks);
    }

    /**
     * One row of {@code limits.csv}: a key's own amount. Of the columns those are set that the limit counts by.
     *
     * @param limit its name in {@code limits.yaml}
     * @param network MCC-MNC or {@code unknown}
     */
    public record Amount(
            String limit,
            String tenant,
            String sender,
            String network,
            String campaign,
            String brand,
            int segments,
            int line) {}

    /** One row of {@code campaigns.csv}: whose campaign it is. */
    public record Campaign(String name, String brand, int line) {}

    /**
     * One row of {@code blocks.csv}.
     *
     * @param prefix of a destination, in digits, or of a sender
     * @param tenant empty: for all
     * @param expiresAtMs since 1970; {@code Long.MAX_VALUE}: never
     */
    public record Block(
            String prefix,
            boolean sender,
            Optional<String> tenant,
            boolean safe,
            long expiresAtMs,
            String reason,
            int line) {}
}

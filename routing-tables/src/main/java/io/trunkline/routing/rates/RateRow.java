package io.trunkline.routing.rates;

/**
 * One rate.
 *
 * @param owner the tenant of a price, the carrier of a cost or a fee; empty for all of them
 * @param prefix digits as in E.164, at most 15; empty for all numbers
 * @param network a {@link io.trunkline.routing.networks.MccMnc}; 0 for all
 * @param senderClass of {@link SenderClasses}; {@link SenderClasses#ANY} for all
 * @param currency ISO 4217
 * @param micros for a segment, or for sixty seconds
 * @param terms of calls; of no meaning for messages
 * @param fromSecond since the epoch; first second that it holds
 * @param toSecond first second that it holds no more; {@link #FOREVER} where no end is known
 * @param version of the deck that it came with
 * @param line where it stands in its file, from 1
 */
public record RateRow(
        RateKind kind,
        Service service,
        String owner,
        String prefix,
        int network,
        int senderClass,
        String currency,
        long micros,
        CallTerms terms,
        long fromSecond,
        long toSecond,
        String version,
        int line) {
    /** For everyone who has no deck of its own. */
    public static final String EVERYONE = "";

    public static final long FOREVER = Long.MAX_VALUE;

    /** Most digits of a prefix. */
    public static final int MAX_PREFIX = 15;
}

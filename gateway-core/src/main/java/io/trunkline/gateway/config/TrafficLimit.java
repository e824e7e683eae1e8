package io.trunkline.gateway.config;

import java.time.ZoneId;
import java.util.List;

/**
 * One entry of {@code limits.yaml}: how many segments may pass, counted for each key by itself.
 *
 * @param name unique; counters and {@code show limits} say it
 * @param per what makes a key; empty: all units that the limit is for share one
 * @param segments that each key may send in a period, unless {@code limits.csv} has another amount for it
 * @param zone in whose midnight a day ends
 * @param burst segments that a key may send at once before the pace holds; 0: a hundredth of {@code segments}, at
 *     least two. Not for days.
 * @param networks the limit is for these (MCC-MNC, or {@code unknown}); empty: all
 * @param tenants the limit is for these; empty: all
 * @param maxKeys keys that are counted at the same time
 * @param whenFull what a further key meets
 */
public record TrafficLimit(
        String name,
        List<Dimension> per,
        int segments,
        Every every,
        ZoneId zone,
        int burst,
        List<String> networks,
        List<String> tenants,
        int maxKeys,
        WhenFull whenFull) {
    public TrafficLimit {
        per = List.copyOf(per);
        networks = List.copyOf(networks);
        tenants = List.copyOf(tenants);
    }

    /** What a unit is told apart by. */
    public enum Dimension {
        TENANT,
        /** The number or name that it comes from, without a sign. */
        SENDER,
        /** MCC-MNC of the destination; that it is unknown is a value like others. */
        NETWORK,
        CAMPAIGN,
        /** Whose campaign it is, by {@code campaigns.csv}. */
        BRAND,
        DESTINATION
    }

    /** The period. Days are those of the calendar; the others are a pace that holds over any such span of time. */
    public enum Every {
        SECOND,
        MINUTE,
        HOUR,
        DAY
    }

    /** What a key meets for which there is no room. */
    public enum WhenFull {
        REFUSE,
        /** It passes uncounted. */
        ADMIT
    }
}

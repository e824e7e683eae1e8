package io.trunkline.gateway.engine.limits;

import io.trunkline.gateway.config.Traffic;
import io.trunkline.gateway.config.TrafficLimit;
import io.trunkline.gateway.config.TrafficLimit.Dimension;
import io.trunkline.gateway.engine.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All limits in force. A unit passes all that have a say in it and is charged to each, or is refused and charged to none.
 * Each key has its own allowance, so none can use up another's. Single-threaded; after a restart the journal's records give
 * back what was used: those of a checkpoint, and each unit accepted since.
 *
 * <p>Paces run on a clock that starts at wall time and then only goes forward, days on wall time itself.
 */
public final class TrafficLimits {
    private final long offsetUs;
    private final Map<Integer, String> tenants = new HashMap<>();
    private Traffic configured = Traffic.FREE;
    private Campaigns campaigns = Campaigns.UNLISTED;
    private Limit[] limits = {};
    private Limit refusedBy;
    private int retryAfterMs;

    /**
     * No limits yet.
     *
     * @param nowNs monotonic time
     * @param nowMs wall time at the same moment
     */
    public TrafficLimits(final long nowNs, final long nowMs) {
        offsetUs = nowMs * 1_000 - nowNs / 1_000;
    }

    /**
     * What a limit shows of itself.
     *
     * @param keys counted now or lately
     * @param refused units
     * @param withoutRoom units whose key found no room
     */
    public record View(String name, int keys, int maxKeys, long refused, long withoutRoom) {}

    /**
     * Puts limits in force. One that is as before but for its amounts goes on from what its keys have used; another begins
     * anew.
     */
    public void configure(final Traffic traffic) {
        if (configured.limits().equals(traffic.limits())
                && configured.amounts().equals(traffic.amounts())
                && configured.campaigns().equals(traffic.campaigns())) {
            return;
        }
        configured = traffic;
        campaigns = Campaigns.of(traffic.campaigns());
        final List<Limit> next = new ArrayList<>();
        for (final TrafficLimit config : traffic.limits()) {
            final Limit limit = Limit.of(config);
            for (final Limit before : limits) {
                if (before.identity() == limit.identity()) {
                    limit.inherit(before);
                }
            }
            if (!config.per().contains(Dimension.TENANT)) {
                rowsOf(limit).forEach(row -> limit.amount(row, 0));
            }
            tenants.forEach((number, name) -> limit.tenant(number, name, rowsOf(limit)));
            next.add(limit);
        }
        limits = next.toArray(Limit[]::new);
    }

    private List<Traffic.Amount> rowsOf(final Limit limit) {
        return configured.amounts().stream()
                .filter(row -> row.limit().equals(limit.config().name()))
                .toList();
    }

    /** A tenant and the number that the journal knows it by. */
    public void tenant(final int number, final String name) {
        if (tenants.put(number, name) == null) {
            for (final Limit limit : limits) {
                limit.tenant(number, name, rowsOf(limit));
            }
        }
    }

    /** The campaigns in force, to fill {@link LimitedUnit}s with. */
    public Campaigns campaigns() {
        return campaigns;
    }

    public boolean none() {
        return limits.length == 0;
    }

    /**
     * Charges a unit to all limits that have a say in it, or to none.
     *
     * @return {@link ErrorCode#NONE}, or the code of the limit that makes it wait longest; then {@link #retryAfterMs} holds
     */
    public ErrorCode acquire(final LimitedUnit unit, final long nowNs, final long nowMs) {
        final long nowUs = nowUs(nowNs);
        Limit holding = null;
        long longestMs = 0;
        for (final Limit limit : limits) {
            limit.place = KeyTable.NONE;
            if (limit.holds(unit)) {
                final long waitMs = limit.waitMs(unit, nowUs, nowMs);
                if (waitMs > longestMs) {
                    longestMs = waitMs;
                    holding = limit;
                }
            }
        }
        if (holding != null) {
            holding.refused++;
            refusedBy = holding;
            retryAfterMs = (int) Math.min(Integer.MAX_VALUE, longestMs);
            return holding.code();
        }
        for (final Limit limit : limits) {
            if (limit.place != KeyTable.NONE) {
                limit.charge(unit.segments, nowUs, nowMs);
            }
        }
        return ErrorCode.NONE;
    }

    /** The limit that made the unit that was refused last wait longest. */
    public String refusedBy() {
        return refusedBy.config().name();
    }

    /** When the unit that was refused last may try again, above 0. */
    public int retryAfterMs() {
        return retryAfterMs;
    }

    /** A unit that was accepted before the start: it is charged whatever the limits say. */
    public void recovered(final LimitedUnit unit, final long wallTimeNs) {
        final long atUs = wallTimeNs / 1_000;
        final long atMs = wallTimeNs / 1_000_000;
        for (final Limit limit : limits) {
            if (limit.holds(unit) && limit.locate(unit, atUs, atMs)) {
                limit.charge(unit.segments, atUs, atMs);
            }
        }
    }

    /** The journal has been read. */
    public void resume(final long nowNs) {
        for (final Limit limit : limits) {
            limit.notLaterThan(nowUs(nowNs));
        }
    }

    long nowUs(final long nowNs) {
        return nowNs / 1_000 + offsetUs;
    }

    /** The limit that a checkpoint speaks of; null where it is not in force any more. */
    Limit limit(final long identity) {
        for (final Limit limit : limits) {
            if (limit.identity() == identity) {
                return limit;
            }
        }
        return null;
    }

    Limit[] limits() {
        return limits;
    }

    public List<View> view() {
        final List<View> views = new ArrayList<>();
        for (final Limit limit : limits) {
            views.add(new View(
                    limit.config().name(),
                    limit.keys.size(),
                    limit.keys.bound(),
                    limit.refused,
                    limit.unitsWithoutRoom));
        }
        return views;
    }
}

package io.trunkline.gateway.engine.limits;

import io.trunkline.gateway.config.Traffic;
import io.trunkline.gateway.config.TrafficLimit;
import io.trunkline.gateway.config.TrafficLimit.Dimension;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.routing.networks.MccMnc;
import java.util.List;
import org.agrona.collections.IntHashSet;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * One limit: which units it is for, and what each of its keys has used. Asked in two steps, so that a unit that several
 * limits hold is charged to all of them or to none: {@link #waitMs} looks, {@link #charge} spends.
 */
abstract class Limit implements KeyTable.Idle {
    /** A unit that finds no room for its key may try again after this. */
    private static final long FULL_WAIT_MS = 1_000;

    private final TrafficLimit config;
    private final long identity;
    private final ErrorCode code;
    private final LimitKey key = new LimitKey();
    private final IntHashSet tenants = new IntHashSet();
    private final IntHashSet networks = new IntHashSet();
    private final Long2ObjectHashMap<AmountOf> amounts = new Long2ObjectHashMap<>();
    private final Dimension[] per;
    private boolean ownAmounts;

    KeyTable keys;
    /** Place of the key of the unit that was looked at last. */
    int place;
    /** How much that key may send. */
    int amount;
    /** The unit that was looked at last found no room. */
    boolean full;

    long refused;
    long unitsWithoutRoom;

    /** A key's own amount. */
    private record AmountOf(long hi, int segments) {}

    Limit(final TrafficLimit config) {
        this.config = config;
        per = config.per().toArray(Dimension[]::new);
        identity = identity(config);
        code = code(config.per());
        keys = new KeyTable(config.maxKeys());
        for (final String network : config.networks()) {
            networks.add(MccMnc.of(network));
        }
    }

    static Limit of(final TrafficLimit config) {
        return config.every() == TrafficLimit.Every.DAY ? new DayLimit(config) : new PaceLimit(config);
    }

    /** What makes it the same limit as before, whose keys' use goes on: all but how much may pass. */
    private static long identity(final TrafficLimit config) {
        return LimitKey.text(config.name() + config.per() + config.every() + config.zone());
    }

    /** The refusal names the narrowest thing that is counted by. */
    private static ErrorCode code(final List<Dimension> per) {
        if (per.contains(Dimension.DESTINATION)) {
            return ErrorCode.OVER_DESTINATION_LIMIT;
        }
        if (per.contains(Dimension.SENDER)) {
            return ErrorCode.OVER_SENDER_LIMIT;
        }
        if (per.contains(Dimension.CAMPAIGN)) {
            return ErrorCode.OVER_CAMPAIGN_LIMIT;
        }
        if (per.contains(Dimension.BRAND)) {
            return ErrorCode.OVER_BRAND_LIMIT;
        }
        return per.contains(Dimension.NETWORK) || per.isEmpty()
                ? ErrorCode.OVER_NETWORK_LIMIT
                : ErrorCode.OVER_TENANT_LIMIT;
    }

    TrafficLimit config() {
        return config;
    }

    long identity() {
        return identity;
    }

    /** Why the unit that was looked at last may not pass. */
    ErrorCode code() {
        return full ? ErrorCode.LIMIT_KEYS_FULL : code;
    }

    /** Goes on where another version of this limit stood. */
    void inherit(final Limit before) {
        refused = before.refused;
        unitsWithoutRoom = before.unitsWithoutRoom;
        if (before.keys.bound() == keys.bound()) {
            keys = before.keys;
            return;
        }
        for (int from = 0; from < before.keys.size() && from < keys.bound(); from++) {
            final int to = keys.add(before.keys.hi(from), before.keys.lo(from), this);
            keys.level[to] = before.keys.level[from];
            keys.at[to] = before.keys.at[from];
        }
    }

    /** A tenant has this number: what the configuration says of it by name holds from now on. */
    void tenant(final int number, final String name, final List<Traffic.Amount> rows) {
        if (config.tenants().contains(name)) {
            tenants.add(number);
        }
        if (config.per().contains(Dimension.TENANT)) {
            rows.stream().filter(row -> row.tenant().equals(name)).forEach(row -> amount(row, number));
        }
    }

    /** Takes a key's own amount. */
    void amount(final Traffic.Amount row, final int tenant) {
        key.begin();
        for (final Dimension dimension : per) {
            key.add(
                    switch (dimension) {
                        case TENANT -> tenant;
                        case SENDER -> LimitKey.text(row.sender());
                        case NETWORK -> MccMnc.of(row.network());
                        case CAMPAIGN -> LimitKey.text(row.campaign());
                        case BRAND -> LimitKey.text(row.brand());
                        case DESTINATION -> 0;
                    });
        }
        amounts.put(key.lo, new AmountOf(key.hi, row.segments()));
        ownAmounts = true;
    }

    /** Whether the limit has a say in a unit. */
    boolean holds(final LimitedUnit unit) {
        return (config.tenants().isEmpty() || tenants.contains(unit.tenant))
                && (networks.isEmpty() || networks.contains(unit.network));
    }

    /** Milliseconds until the unit may pass; 0: it may. Keeps in mind which key it is. */
    long waitMs(final LimitedUnit unit, final long nowUs, final long nowMs) {
        full = !locate(unit, nowUs, nowMs);
        if (full) {
            unitsWithoutRoom++;
            return config.whenFull() == TrafficLimit.WhenFull.ADMIT ? 0 : FULL_WAIT_MS;
        }
        return waitMs(unit.segments, nowUs, nowMs);
    }

    /** Finds the key's place or makes one; false where there is no room. */
    boolean locate(final LimitedUnit unit, final long nowUs, final long nowMs) {
        time(nowUs, nowMs);
        key.begin();
        for (final Dimension dimension : per) {
            key.add(value(unit, dimension));
        }
        amount = ownAmounts ? ownAmount() : config.segments();
        place = keys.find(key.hi, key.lo);
        if (place == KeyTable.NONE) {
            place = keys.add(key.hi, key.lo, this);
            if (place == KeyTable.NONE) {
                return false;
            }
            fresh(place);
        }
        return true;
    }

    private int ownAmount() {
        final AmountOf own = amounts.get(key.lo);
        return own == null || own.hi() != key.hi ? config.segments() : own.segments();
    }

    private static long value(final LimitedUnit unit, final Dimension dimension) {
        return switch (dimension) {
            case TENANT -> unit.tenant;
            case SENDER -> unit.sender;
            case NETWORK -> unit.network;
            case CAMPAIGN -> unit.campaign;
            case BRAND -> unit.brand;
            case DESTINATION -> unit.destination;
        };
    }

    /** Puts a key's use back as a checkpoint has it. */
    void restore(final long hi, final long lo, final long level, final long at) {
        int restored = keys.find(hi, lo);
        if (restored == KeyTable.NONE) {
            restored = keys.add(hi, lo, this);
        }
        if (restored != KeyTable.NONE) {
            keys.level[restored] = level;
            keys.at[restored] = at;
        }
    }

    /** The moment that {@link #idle} speaks of. */
    abstract void time(long nowUs, long nowMs);

    /** A key that has used nothing. */
    abstract void fresh(int newPlace);

    /** As {@link #waitMs(LimitedUnit, long, long)}, for the key that was located. */
    abstract long waitMs(int segments, long nowUs, long nowMs);

    /** Spends segments for the key that was located; more than there is, too. */
    abstract void charge(int segments, long nowUs, long nowMs);

    /** No key's last use lies in the future: after a start under a clock that was set back. */
    abstract void notLaterThan(long nowUs);
}

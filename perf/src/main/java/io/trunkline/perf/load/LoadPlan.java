package io.trunkline.perf.load;

import java.time.Duration;

/**
 * One run of load against one gateway as one tenant.
 *
 * @param connections over which submits are spread; the first one also takes the events
 * @param schedule when units leave
 * @param mix what they are
 * @param from the sender, digits or up to 11 letters
 * @param firstUnit number of the first unit; runs against the same gateway must not overlap
 * @param units most units to send; Long.MAX_VALUE: until told to stop
 * @param duration how long to send; from the first unit on
 * @param maxInFlight unanswered submits on a connection
 * @param maxOpen accepted units that are not terminal yet, beyond which a closed loop waits; 0: no limit
 * @param maxBehind an open loop that is behind by more units than this drops them, and counts them
 * @param spin burn a core to send to the microsecond instead of sleeping in the selector
 */
public record LoadPlan(
        String host,
        int port,
        String tenant,
        String token,
        String clientName,
        int connections,
        Schedule schedule,
        MessageMix.Shape mix,
        String from,
        long firstUnit,
        long units,
        Duration duration,
        int maxInFlight,
        int maxOpen,
        int maxBehind,
        boolean spin) {
    public LoadPlan {
        if (connections < 1 || connections > 1000) {
            throw new IllegalArgumentException("connections is not between 1 and 1000: " + connections);
        }
    }

    /** A closed loop of plain texts that ends when told to. */
    public static LoadPlan to(final String host, final int port, final String tenant, final String token) {
        return new LoadPlan(
                host,
                port,
                tenant,
                token,
                "load",
                1,
                new Schedule.Closed(),
                MessageMix.Shape.plain(1),
                "12025550100",
                1,
                Long.MAX_VALUE,
                Duration.ofDays(1),
                4096,
                0,
                200_000,
                false);
    }

    public LoadPlan at(final Schedule other) {
        return new LoadPlan(
                host,
                port,
                tenant,
                token,
                clientName,
                connections,
                other,
                mix,
                from,
                firstUnit,
                units,
                duration,
                maxInFlight,
                maxOpen,
                maxBehind,
                spin);
    }

    public LoadPlan named(final String other) {
        return new LoadPlan(
                host,
                port,
                tenant,
                token,
                other,
                connections,
                schedule,
                mix,
                from,
                firstUnit,
                units,
                duration,
                maxInFlight,
                maxOpen,
                maxBehind,
                spin);
    }

    public LoadPlan sending(final MessageMix.Shape other) {
        return new LoadPlan(
                host,
                port,
                tenant,
                token,
                clientName,
                connections,
                schedule,
                other,
                from,
                firstUnit,
                units,
                duration,
                maxInFlight,
                maxOpen,
                maxBehind,
                spin);
    }

    public LoadPlan startingAt(final long unit) {
        return new LoadPlan(
                host,
                port,
                tenant,
                token,
                clientName,
                connections,
                schedule,
                mix,
                from,
                unit,
                units,
                duration,
                maxInFlight,
                maxOpen,
                maxBehind,
                spin);
    }

    public LoadPlan endingAfter(final long count) {
        return new LoadPlan(
                host,
                port,
                tenant,
                token,
                clientName,
                connections,
                schedule,
                mix,
                from,
                firstUnit,
                count,
                duration,
                maxInFlight,
                maxOpen,
                maxBehind,
                spin);
    }

    public LoadPlan lasting(final Duration other) {
        return new LoadPlan(
                host,
                port,
                tenant,
                token,
                clientName,
                connections,
                schedule,
                mix,
                from,
                firstUnit,
                units,
                other,
                maxInFlight,
                maxOpen,
                maxBehind,
                spin);
    }

    public LoadPlan withWindow(final int inFlight, final int open) {
        return new LoadPlan(
                host,
                port,
                tenant,
                token,
                clientName,
                connections,
                schedule,
                mix,
                from,
                firstUnit,
                units,
                duration,
                inFlight,
                open,
                maxBehind,
                spin);
    }

    public LoadPlan over(final int count) {
        return new LoadPlan(
                host,
                port,
                tenant,
                token,
                clientName,
                count,
                schedule,
                mix,
                from,
                firstUnit,
                units,
                duration,
                maxInFlight,
                maxOpen,
                maxBehind,
                spin);
    }
}

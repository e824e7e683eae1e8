package io.trunkline.gateway.replay;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a candidate would change. Amounts of money are millionths of the currency's unit; times are nanoseconds since the
 * epoch. Lists begin with what concerns most units.
 *
 * @param firstNs acceptance of the first unit; 0 where there is none
 * @param lastNs acceptance of the last one
 * @param units accepted in the time asked for
 * @param segments of these
 * @param moved units that would go to another carrier; those without a route not among them
 * @param unroutable units that would be refused
 * @param carriers every carrier that had or would have a unit
 * @param moves from which carrier to which
 * @param verdicts why units would be refused, and how many; never {@link Verdict#ROUTED}
 * @param gaps where these go
 * @param holds rates and limits without room, and for how many
 * @param destinations rows of the candidate that move units, with one of them each
 * @param moreDestinations rows that move units and are not listed
 * @param cost of all units whose cost is known before and after
 * @param undecodable records with the right checksum whose content makes no sense
 * @param versions configurations that the units were routed by, with their count, oldest first
 */
public record ReplayResult(
        long firstNs,
        long lastNs,
        long units,
        long segments,
        long moved,
        long movedSegments,
        long unroutable,
        List<CarrierChange> carriers,
        List<Move> moves,
        Map<Verdict, Long> verdicts,
        List<Gap> gaps,
        List<Hold> holds,
        List<Destination> destinations,
        long moreDestinations,
        Cost cost,
        long undecodable,
        Map<Integer, Long> versions) {
    public ReplayResult {
        carriers = List.copyOf(carriers);
        moves = List.copyOf(moves);
        gaps = List.copyOf(gaps);
        holds = List.copyOf(holds);
        destinations = List.copyOf(destinations);
        verdicts = Collections.unmodifiableMap(new LinkedHashMap<>(verdicts));
        versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    }

    /** One unit, for whoever wants to look: its id and its number. */
    public record Example(long unit, String number) {}

    /** A carrier's part. {@code candidate}: whether the candidate has it. */
    public record CarrierChange(
            String carrier,
            boolean candidate,
            long unitsBefore,
            long unitsAfter,
            long segmentsBefore,
            long segmentsAfter,
            long costBefore,
            long costAfter) {}

    /** Units that would change from one carrier to another. */
    public record Move(String from, String to, long units, long segments, Cost cost, Example example) {}

    /** Numbers without a route: all of this prefix but {@code routed}, which other tenants or classes sent. */
    public record Gap(String prefix, long units, long routed, Example example, Verdict why) {}

    /**
     * Units that a rate or a limit has no room for when they come.
     *
     * @param limit its name
     * @param firstNs when the first of them came, nanoseconds since the epoch
     * @param example the first of them
     */
    public record Hold(String limit, long units, long segments, long firstNs, Example example) {}

    /**
     * What a row moves.
     *
     * @param prefix digits of the row; empty for all numbers
     * @param place {@code file:line} of the candidate; empty where no row of the table decided
     */
    public record Destination(String prefix, String place, String from, String to, long units, Example example) {}

    /**
     * What units cost, before and after.
     *
     * @param units whose cost is known both times
     */
    public record Cost(long units, long before, long after) {
        /** Nothing is known. */
        public static final Cost NONE = new Cost(0, 0, 0);
    }
}

package io.trunkline.gateway.replay;

import io.trunkline.gateway.replay.ReplayResult.CarrierChange;
import io.trunkline.gateway.replay.ReplayResult.Cost;
import io.trunkline.gateway.replay.ReplayResult.Destination;
import io.trunkline.gateway.replay.ReplayResult.Example;
import io.trunkline.gateway.replay.ReplayResult.Gap;
import io.trunkline.gateway.replay.ReplayResult.Hold;
import io.trunkline.gateway.replay.ReplayResult.Move;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.MutableLong;

/** What a replay counts. Carriers are indexes here: first the candidate's in their order, then those that it does not have. */
final class Tallies {
    /** Rows and pairs of carriers that are told apart; what is beyond them is counted and not named. */
    private static final int MOST_DESTINATIONS = 500_000;

    private static final int CARRIER_BITS = 16;

    private final CandidateRoutes candidate;
    private final List<CarrierTally> carriers = new ArrayList<>();
    private final Map<String, Integer> carrierIndex = new HashMap<>();
    private final Long2ObjectHashMap<MoveTally> moves = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<MoveTally> destinations = new Long2ObjectHashMap<>();
    private final Map<Verdict, MutableLong> verdicts = new EnumMap<>(Verdict.class);
    private final Map<String, HeldTally> held = new HashMap<>();
    private final SortedMap<Integer, MutableLong> versions = new TreeMap<>();
    private final DigitCounts digits = new DigitCounts();
    private final CostTally cost = new CostTally();
    private MutableLong versionCount = new MutableLong();
    private int version = -1;
    private long firstNs;
    private long lastNs;
    private long units;
    private long segments;
    private long moved;
    private long movedSegments;
    private long unroutable;
    private long notListed;

    /** One carrier's part. */
    private static final class CarrierTally {
        private final String name;
        private long unitsBefore;
        private long unitsAfter;
        private long segmentsBefore;
        private long segmentsAfter;
        private long costBefore;
        private long costAfter;

        CarrierTally(final String name) {
            this.name = name;
        }
    }

    private static final class CostTally {
        private long units;
        private long before;
        private long after;

        void add(final long costBefore, final long costAfter) {
            if (costBefore >= 0 && costAfter >= 0) {
                units++;
                before += costBefore;
                after += costAfter;
            }
        }

        Cost cost() {
            return new Cost(units, before, after);
        }
    }

    /** Units that go from one carrier to another, all of them or those of one row. */
    private static final class MoveTally {
        private final int row;
        private final int from;
        private final int to;
        private final Example example;
        private final CostTally cost = new CostTally();
        private long units;
        private long segments;

        MoveTally(final int row, final int from, final int to, final RecordedUnit unit) {
            this.row = row;
            this.from = from;
            this.to = to;
            example = example(unit);
        }
    }

    /** Units that a rate or limit has no room for. */
    private static final class HeldTally {
        private final Example example;
        private final long firstNs;
        private long units;
        private long segments;

        HeldTally(final RecordedUnit first) {
            example = example(first);
            firstNs = first.wallTimeNs();
        }

        void add(final RecordedUnit unit) {
            units++;
            segments += unit.segments();
        }
    }

    private static Example example(final RecordedUnit unit) {
        return new Example(unit.id(), MaskedNumber.of(DigitCounts.number(unit.to())));
    }

    Tallies(final CandidateRoutes candidate) {
        this.candidate = candidate;
        candidate.carriers().forEach(this::carrier);
    }

    /** The index of a carrier, given out now if it has none. */
    int carrier(final String name) {
        final Integer known = carrierIndex.get(name);
        if (known != null) {
            return known;
        }
        carriers.add(new CarrierTally(name));
        carrierIndex.put(name, carriers.size() - 1);
        return carriers.size() - 1;
    }

    long units() {
        return units;
    }

    /**
     * Counts a unit.
     *
     * @param before the carrier that it went to
     * @param verdict what the candidate has just said of it
     * @param costMicros of a segment before
     */
    void add(final RecordedUnit unit, final int before, final Verdict verdict, final long costMicros) {
        firstNs = units == 0 ? unit.wallTimeNs() : firstNs;
        lastNs = Math.max(lastNs, unit.wallTimeNs());
        units++;
        segments += unit.segments();
        version(unit.tableVersion());
        // One that waits for room has a route: its number is in no gap.
        digits.add(unit.to(), unit.id(), verdict.isForWantOfRoom() ? Verdict.ROUTED : verdict);
        final long costBefore = costMicros < 0 ? CandidateRoutes.UNPRICED : costMicros * unit.segments();
        final CarrierTally old = carriers.get(before);
        old.unitsBefore++;
        old.segmentsBefore += unit.segments();
        old.costBefore += Math.max(0, costBefore);
        if (verdict == Verdict.ROUTED) {
            routed(unit, before, costBefore);
        } else {
            unroutable++;
            if (verdict.isForWantOfRoom()) {
                held.computeIfAbsent(candidate.heldBy(), limit -> new HeldTally(unit))
                        .add(unit);
            }
            verdicts.computeIfAbsent(verdict, key -> new MutableLong()).increment();
        }
    }

    private void version(final int newVersion) {
        if (newVersion != version) {
            version = newVersion;
            versionCount = versions.computeIfAbsent(newVersion, key -> new MutableLong());
        }
        versionCount.increment();
    }

    private void routed(final RecordedUnit unit, final int before, final long costBefore) {
        final int after = candidate.carrier();
        final long micros = candidate.costMicros();
        final long costAfter = micros < 0 ? CandidateRoutes.UNPRICED : micros * unit.segments();
        final CarrierTally fresh = carriers.get(after);
        fresh.unitsAfter++;
        fresh.segmentsAfter += unit.segments();
        fresh.costAfter += Math.max(0, costAfter);
        cost.add(costBefore, costAfter);
        if (after != before) {
            moved++;
            movedSegments += unit.segments();
            final long pair = ((long) before << CARRIER_BITS) | after;
            count(moves, pair, CandidateRoutes.NO_ROW, unit, costBefore, costAfter);
            final long rowAndPair = ((long) candidate.row() << (2 * CARRIER_BITS)) | pair;
            if (destinations.size() < MOST_DESTINATIONS || destinations.containsKey(rowAndPair)) {
                count(destinations, rowAndPair, candidate.row(), unit, costBefore, costAfter);
            } else {
                notListed++;
            }
        }
    }

    private static void count(
            final Long2ObjectHashMap<MoveTally> tallies,
            final long key,
            final int row,
            final RecordedUnit unit,
            final long costBefore,
            final long costAfter) {
        MoveTally tally = tallies.get(key);
        if (tally == null) {
            final int mask = (1 << CARRIER_BITS) - 1;
            tally = new MoveTally(row, (int) (key >>> CARRIER_BITS) & mask, (int) key & mask, unit);
            tallies.put(key, tally);
        }
        tally.units++;
        tally.segments += unit.segments();
        tally.cost.add(costBefore, costAfter);
    }

    ReplayResult result(final int mostDestinations, final long undecodable) {
        final Map<Verdict, Long> reasons = new EnumMap<>(Verdict.class);
        verdicts.forEach((verdict, count) -> reasons.put(verdict, count.get()));
        final SortedMap<Integer, Long> byVersion = new TreeMap<>();
        versions.forEach((number, count) -> byVersion.put(number, count.get()));
        final List<MoveTally> rows = sorted(destinations);
        final int listed = Math.min(mostDestinations, rows.size());
        return new ReplayResult(
                firstNs,
                lastNs,
                units,
                segments,
                moved,
                movedSegments,
                unroutable,
                carrierChanges(),
                sorted(moves).stream().map(this::move).toList(),
                reasons,
                gaps(),
                holds(),
                rows.stream().limit(listed).map(this::destination).toList(),
                rows.size() - listed + notListed,
                cost.cost(),
                undecodable,
                byVersion);
    }

    private static List<MoveTally> sorted(final Long2ObjectHashMap<MoveTally> tallies) {
        final List<MoveTally> sorted = new ArrayList<>(tallies.values());
        sorted.sort(Comparator.comparingLong((MoveTally tally) -> -tally.units)
                .thenComparingInt(tally -> tally.row)
                .thenComparingInt(tally -> tally.from)
                .thenComparingInt(tally -> tally.to));
        return sorted;
    }

    private List<CarrierChange> carrierChanges() {
        final List<CarrierChange> changes = new ArrayList<>();
        for (int i = 0; i < carriers.size(); i++) {
            final CarrierTally tally = carriers.get(i);
            if (tally.unitsBefore + tally.unitsAfter > 0) {
                changes.add(new CarrierChange(
                        tally.name,
                        i < candidate.carriers().size(),
                        tally.unitsBefore,
                        tally.unitsAfter,
                        tally.segmentsBefore,
                        tally.segmentsAfter,
                        tally.costBefore,
                        tally.costAfter));
            }
        }
        changes.sort(
                Comparator.comparingLong((CarrierChange change) -> -Math.max(change.unitsBefore(), change.unitsAfter()))
                        .thenComparing(CarrierChange::carrier));
        return changes;
    }

    private Move move(final MoveTally tally) {
        return new Move(
                carriers.get(tally.from).name,
                carriers.get(tally.to).name,
                tally.units,
                tally.segments,
                tally.cost.cost(),
                tally.example);
    }

    private Destination destination(final MoveTally tally) {
        final boolean known = tally.row != CandidateRoutes.NO_ROW;
        return new Destination(
                known ? candidate.prefix(tally.row) : "",
                known ? candidate.place(tally.row) : "",
                carriers.get(tally.from).name,
                carriers.get(tally.to).name,
                tally.units,
                tally.example);
    }

    private List<Hold> holds() {
        final List<Hold> holds = new ArrayList<>();
        held.forEach((limit, tally) ->
                holds.add(new Hold(limit, tally.units, tally.segments, tally.firstNs, tally.example)));
        holds.sort(Comparator.comparingLong((Hold hold) -> -hold.units()).thenComparing(Hold::limit));
        return holds;
    }

    private List<Gap> gaps() {
        return digits.prefixes().stream()
                .map(prefix -> new Gap(
                        prefix.digits(),
                        prefix.units(),
                        prefix.routed(),
                        new Example(prefix.unit(), MaskedNumber.of(prefix.number())),
                        prefix.why()))
                .sorted(Comparator.comparingLong((Gap gap) -> -gap.units()).thenComparing(Gap::prefix))
                .toList();
    }
}

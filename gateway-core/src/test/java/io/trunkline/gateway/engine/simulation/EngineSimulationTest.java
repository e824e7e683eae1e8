package io.trunkline.gateway.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.Carrier.DoubtPolicy;
import io.trunkline.gateway.engine.UnitState;
import io.trunkline.gateway.journal.codec.UnitAcceptedDecoder;
import io.trunkline.gateway.journal.codec.UnitClosedDecoder;
import io.trunkline.gateway.journal.codec.UnitProgressedDecoder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The engine under faults and crashes, many seeds: safety is checked over the whole run, and once all faults have healed
 * everything must become final. A failure names its seed; the same seed fails again.
 */
class EngineSimulationTest {
    private static final int SEEDS = 20;
    private static final int STEPS = 3_000;
    private static final int HEALED_STEPS = 60_000;

    @ParameterizedTest
    @EnumSource(DoubtPolicy.class)
    void losesNothingAndSendsNothingTwiceUnmarkedThroughKills(final DoubtPolicy policy) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            check(seed, new Simulation(seed, policy, false, 10_000), policy);
        }
    }

    @ParameterizedTest
    @EnumSource(DoubtPolicy.class)
    void losesNothingAndSendsNothingTwiceUnmarkedThroughPowerCuts(final DoubtPolicy policy) {
        for (long seed = 1_001; seed <= 1_000 + SEEDS; seed++) {
            check(seed, new Simulation(seed, policy, true, 10_000), policy);
        }
    }

    @ParameterizedTest
    @EnumSource(DoubtPolicy.class)
    void readsBodiesBackFromTheJournalWhenMemoryForThemIsUsedUp(final DoubtPolicy policy) {
        for (long seed = 2_001; seed <= 2_000 + SEEDS / 2; seed++) {
            check(seed, new Simulation(seed, policy, true, 5), policy);
        }
    }

    @ParameterizedTest
    @EnumSource(DoubtPolicy.class)
    void endsWhatACarrierGivesNoReceiptsForWithItsAnswerAlsoThroughKills(final DoubtPolicy policy) {
        for (long seed = 3_001; seed <= 3_000 + SEEDS; seed++) {
            check(seed, new Simulation(seed, policy, seed % 2 == 0, 10_000).concluding(), policy);
        }
    }

    private static void check(final long seed, final Simulation simulation, final DoubtPolicy policy) {
        try {
            for (int step = 0; step < STEPS; step++) {
                simulation.step();
                if (simulation.random.nextInt(600) == 0) {
                    simulation.crash();
                }
            }
            simulation.heal();
            simulation.raiseAll();
            for (int step = 0; step < HEALED_STEPS && !(simulation.settled() && simulation.keys.held() == 0); step++) {
                simulation.step();
            }
            judge(simulation, policy);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + ", policy " + policy + ", crashes " + simulation.crashes, e);
        }
    }

    private static void judge(final Simulation simulation, final DoubtPolicy policy) {
        assertThat(simulation.engine().openUnits())
                .as("units that never became final")
                .isZero();
        assertThat(simulation.settled()).isTrue();
        assertThat(simulation.keys.held()).as("keys of units that have ended").isZero();
        final Journaled journaled = new Journaled(simulation);
        // Sets of the JDK, not the assertions' own search: there are thousands of units, and a hundred runs.
        final Set<Long> unknown = new HashSet<>(simulation.acknowledged.values());
        unknown.removeAll(journaled.accepted);
        assertThat(unknown).as("acknowledged units that the journal has not").isEmpty();
        assertThat(journaled.closed.keySet()).as("closed").isEqualTo(journaled.accepted);
        for (final SimulatedCarrier carrier : simulation.carriers) {
            carrier.takenUnmarked.forEach((marker, count) -> {
                if (count != 1) {
                    throw new AssertionError(count + " unmarked copies of " + marker);
                }
            });
        }
        final Map<String, Integer> copies = new HashMap<>();
        simulation.carriers.forEach(
                carrier -> carrier.taken.forEach((marker, count) -> copies.merge(marker, count, Integer::sum)));
        copies.forEach((marker, count) -> {
            final long unit = Long.parseLong(marker.substring(0, marker.indexOf('#')));
            if (count > 1) {
                assertThat(policy).as("copies of %s", marker).isEqualTo(DoubtPolicy.RESEND);
                assertThat(journaled.markedDuplicate.contains(unit))
                        .as("%s went out %d times and is marked", marker, count)
                        .isTrue();
            }
        });
        final Set<Long> takenUnits = new HashSet<>();
        copies.keySet().forEach(marker -> takenUnits.add(Long.parseLong(marker.substring(0, marker.indexOf('#')))));
        journaled.closed.forEach((unit, state) -> {
            final boolean taken = takenUnits.contains(unit);
            if (state == UnitState.DELIVERED || state == UnitState.UNDELIVERED) {
                assertThat(taken)
                        .as("%s is %s and no carrier had it", unit, state)
                        .isTrue();
            } else if (state != UnitState.UNKNOWN) {
                assertThat(taken)
                        .as("%s is %s and a carrier had it", unit, state)
                        .isFalse();
            }
        });
    }

    /** What the journal says of the whole run, from its first record. */
    private static final class Journaled {
        final Set<Long> accepted = new HashSet<>();
        final Map<Long, UnitState> closed = new TreeMap<>();
        final Set<Long> markedDuplicate = new HashSet<>();
        private final Map<Integer, Long> lastEvent = new HashMap<>();

        Journaled(final Simulation simulation) {
            final UnitClosedDecoder closedDecoder = new UnitClosedDecoder();
            final UnitProgressedDecoder progressedDecoder = new UnitProgressedDecoder();
            simulation.journal.read(1, record -> {
                if (record.templateId() == UnitAcceptedDecoder.TEMPLATE_ID) {
                    accepted.add(record.unitId());
                } else if (record.templateId() == UnitClosedDecoder.TEMPLATE_ID) {
                    closedDecoder.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
                    final UnitState before = closed.put(record.unitId(), UnitState.of(closedDecoder.state()));
                    if (before != null) {
                        throw new AssertionError("unit " + record.unitId() + " closed before: " + before);
                    }
                    if (closedDecoder.possibleDuplicate() != 0) {
                        markedDuplicate.add(record.unitId());
                    }
                    event((int) closedDecoder.tenant(), closedDecoder.eventSequence());
                } else if (record.templateId() == UnitProgressedDecoder.TEMPLATE_ID) {
                    progressedDecoder.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
                    event((int) progressedDecoder.tenant(), progressedDecoder.eventSequence());
                }
            });
        }

        private void event(final int tenant, final long sequence) {
            final Long last = lastEvent.put(tenant, sequence);
            if (sequence != (last == null ? 1 : last + 1)) {
                throw new AssertionError("event " + sequence + " of tenant " + tenant + " follows " + last);
            }
        }
    }
}

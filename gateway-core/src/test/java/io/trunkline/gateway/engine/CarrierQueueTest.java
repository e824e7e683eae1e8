package io.trunkline.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.engine.simulation.SimulatedConfig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CarrierQueueTest {
    private static final int TRANSACTIONAL = 2;

    private final CarrierQueue queue = new CarrierQueue();
    private final TenantState tenant = new TenantState(1, SimulatedConfig.tenant("acme", 100), 0);
    private int slots;

    /** A unit that waits, its body in the journal alone. */
    private Unit waiting(final long id) {
        final Unit unit = new Unit(slots++);
        unit.id = id;
        unit.tenant = tenant;
        unit.messageClass = TRANSACTIONAL;
        unit.segments = 1;
        queue.addLast(unit);
        return unit;
    }

    private List<Unit> waiting(final long from, final long to) {
        final List<Unit> units = new ArrayList<>();
        for (long id = from; id <= to; id++) {
            units.add(waiting(id));
        }
        return units;
    }

    private void bodyCame(final Unit unit) {
        unit.payload = new byte[1];
        queue.addRestored(unit);
    }

    private List<Long> pollAll() {
        final List<Long> ids = new ArrayList<>();
        for (Unit unit = queue.poll(); unit != null; unit = queue.poll()) {
            ids.add(unit.id);
        }
        return ids;
    }

    @Test
    void unitsLeaveInTheOrderOfTheirComingAlsoWhereTheirBodiesAreReadBackInBatches() {
        final List<Unit> units = waiting(1, 5);
        for (int i = 0; i < 3; i++) {
            assertThat(queue.poll()).isSameAs(units.get(i));
        }
        units.subList(0, 3).forEach(this::bodyCame);
        waiting(6);
        assertThat(pollAll()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void aBodyThatComesAfterOthersHaveLeftGoesBeforeThoseThatStillWaitForTheirs() {
        final List<Unit> units = waiting(1, 4);
        queue.poll();
        queue.poll();
        bodyCame(units.get(0));
        assertThat(queue.poll()).isSameAs(units.get(0));
        bodyCame(units.get(1));
        assertThat(pollAll()).containsExactly(2L, 3L, 4L);
    }

    @Test
    void newBodiesStayInTheJournalWhileOthersOfTheirLineWaitThere() {
        final List<Unit> units = waiting(1, 1);
        assertThat(queue.spilled(units.get(0))).isTrue();
        queue.poll();
        bodyCame(units.get(0));
        assertThat(queue.spilled(units.get(0))).isFalse();
    }
}

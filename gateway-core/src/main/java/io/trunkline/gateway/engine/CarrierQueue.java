package io.trunkline.gateway.engine;

/**
 * The units that wait for one carrier. {@code otp} goes before {@code transactional} before {@code bulk}, but a class
 * that waits is never starved: out of every {@value #ROUND} turns the middle class is served first in four, the lowest
 * in one.
 */
final class CarrierQueue {
    static final int CLASSES = 3;

    private static final int ROUND = 32;

    private final ClassLane[] lanes = new ClassLane[CLASSES];
    private int turn;
    private int size;

    CarrierQueue() {
        for (int i = 0; i < CLASSES; i++) {
            lanes[i] = new ClassLane();
        }
    }

    int size() {
        return size;
    }

    int size(final int messageClass) {
        return lanes[messageClass - 1].size();
    }

    /** When the unit was accepted that is first in its tenant's line and waits longest; 0: none waits. */
    long oldestAcceptedAtMs(final int messageClass) {
        return lanes[messageClass - 1].oldestAcceptedAtMs();
    }

    void addLast(final Unit unit) {
        lanes[unit.messageClass - 1].addLast(unit);
        size++;
    }

    void addFirst(final Unit unit) {
        lanes[unit.messageClass - 1].addFirst(unit);
        size++;
    }

    void addRestored(final Unit unit) {
        lanes[unit.messageClass - 1].addRestored(unit);
        size++;
    }

    /** Units stand in this unit's line whose body is in the journal alone. */
    boolean spilled(final Unit unit) {
        return lanes[unit.messageClass - 1].spilled(unit.tenant);
    }

    void remove(final Unit unit) {
        unit.queue.lane.remove(unit);
        size--;
    }

    Unit poll() {
        if (size == 0) {
            return null;
        }
        turn = (turn + 1) % ROUND;
        final int first = turn == 0 ? 2 : turn % 8 == 4 ? 1 : 0;
        Unit unit = lanes[first].poll();
        for (int i = 0; unit == null; i++) {
            unit = lanes[i].poll();
        }
        size--;
        return unit;
    }
}

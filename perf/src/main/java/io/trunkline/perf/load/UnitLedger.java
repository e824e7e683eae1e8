package io.trunkline.perf.load;

import java.util.ArrayList;
import java.util.List;

/**
 * What the load generator knows of each unit, by its number in the run: 32 bytes a unit, in chunks, so that it grows
 * without copying. Written by the run's thread; whoever reads it waits for the run to end first.
 */
public final class UnitLedger {
    /** Where the submit stands. */
    public enum Answer {
        /** Written, and not answered yet. */
        NONE,
        ACCEPTED,
        REFUSED,
        /** The client gave up before there was an answer: in doubt. */
        ABANDONED;

        private static final Answer[] ALL = values();
    }

    static final byte POSSIBLE_DUPLICATE = 1;
    static final byte TERMINAL_TWICE = 2;
    static final byte TERMINAL_CHANGED = 4;
    static final byte ANSWERED_AS_DUPLICATE = 8;
    static final byte STEPPED_BACK = 16;

    private static final int BITS = 14;
    private static final int SIZE = 1 << BITS;
    private static final int MASK = SIZE - 1;

    private static final class Chunk {
        final long[] intendedNs = new long[SIZE];
        final long[] unitId = new long[SIZE];
        final int[] answeredUs = new int[SIZE];
        final int[] terminalUs = new int[SIZE];
        final short[] code = new short[SIZE];
        final byte[] answer = new byte[SIZE];
        final byte[] state = new byte[SIZE];
        final byte[] flags = new byte[SIZE];
        final byte[] segments = new byte[SIZE];
    }

    private final List<Chunk> chunks = new ArrayList<>();
    private long size;

    private Chunk chunk(final long index) {
        return chunks.get((int) (index >>> BITS));
    }

    private static int at(final long index) {
        return (int) index & MASK;
    }

    /** Units sent: their indexes are 0 to one less. */
    public long size() {
        return size;
    }

    void sent(final long index, final long intendedNs) {
        if (index >> BITS >= chunks.size()) {
            chunks.add(new Chunk());
        }
        chunk(index).intendedNs[at(index)] = intendedNs;
        size = index + 1;
    }

    @SuppressWarnings("EnumOrdinal") // Stays in this process.
    void answered(
            final long index,
            final Answer answer,
            final long unitId,
            final int code,
            final int segments,
            final int us) {
        final Chunk chunk = chunk(index);
        final int at = at(index);
        chunk.answer[at] = (byte) answer.ordinal();
        chunk.unitId[at] = unitId;
        if (chunk.state[at] < LoadRun.FIRST_TERMINAL) {
            // Where the first answer was lost, the end may be told before the second one: its code stays.
            chunk.code[at] = (short) code;
        }
        chunk.segments[at] = (byte) segments;
        chunk.answeredUs[at] = us;
    }

    /** A state was told; true where it is the first terminal one. */
    boolean stated(final long index, final int state, final int code, final int us) {
        final Chunk chunk = chunk(index);
        final int at = at(index);
        final int before = chunk.state[at];
        if (before >= LoadRun.FIRST_TERMINAL) {
            chunk.flags[at] |= state == before ? TERMINAL_TWICE : TERMINAL_CHANGED;
            return false;
        }
        if (state < before) {
            chunk.flags[at] |= STEPPED_BACK;
            return false;
        }
        chunk.state[at] = (byte) state;
        if (state < LoadRun.FIRST_TERMINAL) {
            return false;
        }
        chunk.code[at] = (short) code;
        chunk.terminalUs[at] = us;
        return true;
    }

    void flag(final long index, final byte flag) {
        chunk(index).flags[at(index)] |= flag;
    }

    public long intendedNs(final long index) {
        return chunk(index).intendedNs[at(index)];
    }

    public Answer answer(final long index) {
        return Answer.ALL[chunk(index).answer[at(index)]];
    }

    /** The gateway's id of an accepted unit. */
    public long unitId(final long index) {
        return chunk(index).unitId[at(index)];
    }

    /** The error code of a refusal or of the terminal state; 0 for none. */
    public int code(final long index) {
        return chunk(index).code[at(index)] & 0xFFFF;
    }

    /** The newest state told, as a number of the protocol's MessageState; 0 where none was. */
    public int state(final long index) {
        return chunk(index).state[at(index)];
    }

    public boolean terminal(final long index) {
        return state(index) >= LoadRun.FIRST_TERMINAL;
    }

    /** Segments as the acceptance named them. */
    public int segments(final long index) {
        return chunk(index).segments[at(index)] & 0xFF;
    }

    /** A status said that the unit may have been sent twice. */
    public boolean possibleDuplicate(final long index) {
        return (chunk(index).flags[at(index)] & POSSIBLE_DUPLICATE) != 0;
    }

    /** Two different terminal states were told, which the gateway must never do. */
    public boolean terminalChanged(final long index) {
        return (chunk(index).flags[at(index)] & TERMINAL_CHANGED) != 0;
    }

    /** Microseconds from the intended time to the answer; 0 where there is none. */
    public int answeredUs(final long index) {
        return chunk(index).answeredUs[at(index)];
    }

    /** Microseconds from the intended time to the terminal status; 0 where there is none. */
    public int terminalUs(final long index) {
        return chunk(index).terminalUs[at(index)];
    }
}

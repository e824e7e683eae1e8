package io.trunkline.gateway.engine.simulation;

import io.trunkline.gateway.journal.seal.BodyKeys;
import java.util.HashSet;
import java.util.Set;
import org.agrona.MutableDirectBuffer;

/** Keys that outlast crashes, and that fail the test where one is forgotten whose unit a crash opens again. */
final class SimulatedKeys implements BodyKeys {
    /** Bit n-1: class n. */
    static final int OTP_AND_TRANSACTIONAL = 3;

    private final Set<Integer> held = new HashSet<>();
    private final Set<Integer> kept = new HashSet<>();
    private int last;

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public int take() {
        held.add(++last);
        return last;
    }

    @Override
    public long serial(final int key) {
        return held.contains(key) ? key + 1_000_000_000_000L : 0;
    }

    @Override
    public void apply(
            final int key, final long unitId, final MutableDirectBuffer body, final int offset, final int length) {
        if (!held.contains(key)) {
            throw new AssertionError("key " + key + " of unit " + unitId + " is forgotten");
        }
        for (int i = offset; i < offset + length; i++) {
            body.putByte(i, (byte) (body.getByte(i) ^ 0x80 ^ key ^ unitId));
        }
    }

    @Override
    public long blind(final long hash) {
        return hash * 31;
    }

    @Override
    public void forget(final int key) {
        if (!held.remove(key)) {
            throw new AssertionError("key " + key + " is forgotten already");
        }
    }

    @Override
    public void keep(final int key) {
        if (!held.contains(key)) {
            throw new AssertionError("key " + key + ", which is to be kept, is forgotten");
        }
        kept.add(key);
    }

    @Override
    public void forgetOthers() {
        held.retainAll(kept);
        kept.clear();
    }

    int held() {
        return held.size();
    }
}

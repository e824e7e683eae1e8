package io.trunkline.gateway.engine;

import io.trunkline.gateway.journal.codec.UnitAcceptedDecoder;
import io.trunkline.gateway.journal.seal.BodyKeys;
import io.trunkline.gateway.journal.seal.PeriodCipher;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.IntArrayQueue;
import org.agrona.collections.LongArrayQueue;

/**
 * Bodies that nobody may read once their unit has ended: in the journal they stand sealed, under a key of their own that is
 * forgotten as soon as the end of the unit is durable. Not before: a crash could open the unit again. And all bodies, those of
 * other messages too, may stand enciphered under the key of their period.
 */
final class Sealing {
    private BodyKeys keys = BodyKeys.NO_KEYS;
    private PeriodCipher cipher = PeriodCipher.NONE;
    private int period;
    /** Bit n-1: bodies of class n are sealed. */
    private int classes;

    /** Keys of units that have ended, and the record that says so, oldest first. */
    private final IntArrayQueue ended = new IntArrayQueue();

    private final LongArrayQueue endedBy = new LongArrayQueue();

    void use(final BodyKeys newKeys, final int classBits) {
        keys = newKeys;
        classes = classBits;
    }

    void use(final PeriodCipher newCipher) {
        cipher = newCipher;
    }

    /** Time of the duty cycle. */
    void time(final long nowMs) {
        period = cipher.current(nowMs);
    }

    /** The period of bodies that are journaled now. */
    int period() {
        return period;
    }

    long nextNonce() {
        return cipher.nextNonce();
    }

    /** Enciphers a body of now, where it stands in the journal's buffer. */
    void encipher(
            final PeriodCipher.Use use,
            final long number,
            final MutableDirectBuffer buffer,
            final int offset,
            final int length) {
        cipher.apply(period, use, number, buffer, offset, length);
    }

    /** Deciphers one that was read back; false where its time is over. */
    boolean decipher(
            final int itsPeriod,
            final PeriodCipher.Use use,
            final long number,
            final MutableDirectBuffer buffer,
            final int offset,
            final int length) {
        return cipher.apply(itsPeriod, use, number, buffer, offset, length);
    }

    boolean opens(final int itsPeriod) {
        return cipher.opens(itsPeriod);
    }

    /** The key that a record names. */
    static int key(final long recorded) {
        return recorded == UnitAcceptedDecoder.bodyKeyNullValue() ? BodyKeys.NONE : (int) recorded;
    }

    /** The key for a new body; {@link BodyKeys#NONE} where its class is not sealed. */
    int keyFor(final int messageClass) {
        return seals(messageClass) ? keys.take() : BodyKeys.NONE;
    }

    /** Whether a body of this class would find no key just now. */
    boolean lacksKeyFor(final int messageClass) {
        return seals(messageClass) && !keys.ready();
    }

    private boolean seals(final int messageClass) {
        return (classes >>> (messageClass - 1) & 1) != 0;
    }

    /** What is kept of a body's hash to compare another one with. */
    long blind(final int messageClass, final long contentHash) {
        return seals(messageClass) ? keys.blind(contentHash) : contentHash;
    }

    long serial(final int key) {
        return key == BodyKeys.NONE ? 0 : keys.serial(key);
    }

    /** Seals the body of a unit where it stands in the journal's buffer, or opens it where it was copied to. */
    void apply(final Unit unit, final MutableDirectBuffer buffer, final int offset, final int length) {
        if (unit.bodyKey != BodyKeys.NONE) {
            keys.apply(unit.bodyKey, unit.id, buffer, offset, length);
        }
    }

    /** Whether the key that sealed a body is still there. */
    boolean opens(final int key, final long serial) {
        return key == BodyKeys.NONE || (serial != 0 && keys.serial(key) == serial);
    }

    /** The unit has ended by this record, which need not be durable yet. */
    void ended(final Unit unit, final long record) {
        if (unit.bodyKey != BodyKeys.NONE) {
            ended.addInt(unit.bodyKey);
            endedBy.addLong(record);
            unit.bodyKey = BodyKeys.NONE;
        }
    }

    /** Forgets the keys of units whose end is durable. */
    int doWork(final long durable) {
        int forgotten = 0;
        while (!endedBy.isEmpty() && endedBy.peekLong() <= durable) {
            endedBy.pollLong();
            keys.forget(ended.pollInt());
            forgotten++;
        }
        return forgotten;
    }

    /** Recovery has found the unit open. */
    void keep(final Unit unit) {
        if (unit.bodyKey != BodyKeys.NONE) {
            keys.keep(unit.bodyKey);
        }
    }

    /** Recovery is done: keys that no open unit has are forgotten. */
    void recovered() {
        keys.forgetOthers();
    }
}

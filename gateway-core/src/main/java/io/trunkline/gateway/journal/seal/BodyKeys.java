package io.trunkline.gateway.journal.seal;

import org.agrona.MutableDirectBuffer;

/**
 * Keys that bodies are sealed with, each for one unit, and each forgotten for good when its unit has ended. The keys outlast a
 * crash: one that was handed out is known to the disk already. Used by the shard's thread alone.
 */
public interface BodyKeys {
    /** In place of a key: the body is as it was submitted. */
    int NONE = 0;

    /** Whether {@link #take} would find one. */
    boolean ready();

    /** Nothing is ever sealed. */
    BodyKeys NO_KEYS = new BodyKeys() {
        @Override
        public boolean ready() {
            return false;
        }

        @Override
        public int take() {
            return NONE;
        }

        @Override
        public long serial(final int key) {
            return 0;
        }

        @Override
        public void apply(
                final int key, final long unitId, final MutableDirectBuffer body, final int offset, final int length) {
            // There is nothing to apply.
        }

        @Override
        public long blind(final long hash) {
            return hash;
        }

        @Override
        public void forget(final int key) {
            // There is nothing to forget.
        }

        @Override
        public void keep(final int key) {
            // There is nothing to keep.
        }

        @Override
        public void forgetOthers() {
            // There is nothing to forget.
        }
    };

    /** A key that nobody has had before, as a number above 0; {@link #NONE} where none is ready just now. */
    int take();

    /** Tells a key from those that had its number before and will have it after; 0 where there is no such number. */
    long serial(int key);

    /**
     * Seals a body in place, or opens one that is sealed.
     *
     * @param key whose serial must have been compared before a body is opened
     * @param unitId part of what the stream depends on
     */
    void apply(int key, long unitId, MutableDirectBuffer body, int offset, int length);

    /**
     * Hides the hash of a body: the same one gives the same, but without the keys nobody can try out which body it is of. There
     * are only a million codes of six digits.
     */
    long blind(long hash);

    /** Its unit has ended, and that is durable: nobody can open the body any more. */
    void forget(int key);

    /** Recovery has found the key's unit open. Before {@link #forgetOthers}. */
    void keep(int key);

    /** Recovery is done: all keys that are not kept are forgotten, and new ones can be taken. */
    void forgetOthers();
}

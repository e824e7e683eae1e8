package io.trunkline.sip.transaction;

/**
 * What one peer has of a layer's server transactions. It gets no further one while it holds three times as many as are free. So a peer
 * alone gets three quarters of the table, several that take all they can get share it evenly, and there is always room for one more
 * peer, whatever the others do: they need not know of each other, nor end what they have begun.
 */
public final class TransactionShare {
    private static final long TIMES_FREE = 3;

    private int held;
    private long refused;

    boolean takes(final int free) {
        final boolean room = held < TIMES_FREE * free;
        if (room) {
            held++;
        } else {
            refused++;
        }
        return room;
    }

    void ended() {
        held--;
    }

    /** Server transactions that the peer began and that have not ended. */
    public int held() {
        return held;
    }

    /** Requests that were answered 503 as the peer had its share. */
    public long refused() {
        return refused;
    }
}

package io.trunkline.sip.transaction;

/**
 * Server transactions by the 128 bits of their key, chained in buckets whose number is fixed. The keys are hashes under a
 * secret, so that no peer can choose branches that fall into one bucket, or two that are taken for one.
 */
final class ServerTable {
    private final ServerTransaction[] buckets;
    private int size;

    ServerTable(final int maxTransactions) {
        buckets = new ServerTransaction[Math.max(16, Integer.highestOneBit(maxTransactions) << 1)];
    }

    int size() {
        return size;
    }

    private int bucket(final long key) {
        return (int) (key ^ (key >>> Integer.SIZE)) & (buckets.length - 1);
    }

    ServerTransaction find(final long key, final long keyRest) {
        ServerTransaction at = buckets[bucket(key)];
        while (at != null && (at.key != key || at.keyRest != keyRest)) {
            at = at.nextInBucket;
        }
        return at;
    }

    void add(final ServerTransaction transaction) {
        final int bucket = bucket(transaction.key);
        transaction.nextInBucket = buckets[bucket];
        buckets[bucket] = transaction;
        size++;
    }

    void remove(final ServerTransaction transaction) {
        final int bucket = bucket(transaction.key);
        ServerTransaction previous = null;
        for (ServerTransaction at = buckets[bucket]; at != transaction; at = at.nextInBucket) {
            previous = at;
        }
        if (previous == null) {
            buckets[bucket] = transaction.nextInBucket;
        } else {
            previous.nextInBucket = transaction.nextInBucket;
        }
        transaction.nextInBucket = null;
        size--;
    }
}

package io.trunkline.perf.claims;

import io.trunkline.routing.numbers.NumberFile;
import io.trunkline.routing.numbers.NumberOwner;
import io.trunkline.routing.numbers.NumberOwner.Capability;

/**
 * Any number of numbers and their owners, computed instead of remembered, so that what is right is known without a second
 * table. Numbers of 11, 12, 13 and 15 digits, given out in blocks of a hundred as operators do, the blocks scattered; 100,000
 * tenants with three sets of capabilities.
 *
 * <p>Then changes: every 300th number gets another owner, the one after it goes, and as many new ones come.
 */
final class NumberSample {
    private static final int BLOCK = 100;
    private static final int TENANTS = 100_000;
    private static final int NEW_OWNER = 2 * TENANTS;
    private static final int CHANGE_EVERY = 300;

    private static final int[] DIGITS = {11, 12, 13, 15};
    private static final int[] LEAD = {1, 4, 8, 9};
    /** The largest primes with three digits less than the numbers: multiplying modulo one of them scatters without meeting. */
    private static final long[] BLOCKS = {99_999_989L, 999_999_937L, 9_999_999_967L, 999_999_999_989L};

    private static final long[] SCATTER = {61_803_399L, 618_033_989L, 6_180_339_887L, 618_033_988_749L};

    private final long count;
    private final long changes;

    NumberSample(final long count) {
        this.count = count;
        changes = count / CHANGE_EVERY;
    }

    long count() {
        return count;
    }

    /** How many numbers change their owner, how many go, and how many come. */
    long changes() {
        return changes;
    }

    /** A packed number: different ones for different indexes, below the count those that are in the file. */
    static long number(final long index) {
        final int kind = (int) (index & 3);
        final long block = (index >>> 2) / BLOCK;
        final long scattered = block * SCATTER[kind] % BLOCKS[kind];
        long packed = 10L + LEAD[kind];
        for (int digit = 1; digit < DIGITS[kind]; digit++) {
            packed *= 10;
        }
        return packed + scattered * BLOCK + (index >>> 2) % BLOCK;
    }

    /** A number of 14 digits, which no number of the sample has, that begins like one of them or is its beginning. */
    static long neighbour(final long index) {
        return (index & 1) == 0 ? number(index | 3) / 10 : number((index & ~3L) | 2) * 10 + index % 10;
    }

    /** The owner of a number before the changes. */
    long owner(final long index) {
        return index < count ? ownerOf(index, 1) : NumberFile.NONE;
    }

    /** The owner of a number after the changes. */
    long ownerAfter(final long index) {
        if (index >= count + changes) {
            return NumberFile.NONE;
        }
        if (index >= count || (index < changes * CHANGE_EVERY && index % CHANGE_EVERY == 0)) {
            return ownerOf(index, NEW_OWNER);
        }
        return index < changes * CHANGE_EVERY && index % CHANGE_EVERY == 1 ? NumberFile.NONE : ownerOf(index, 1);
    }

    private static long ownerOf(final long index, final int firstTenant) {
        final long block = (index >>> 2) / BLOCK;
        final int tenant = firstTenant + (int) (((block * 0x9E37_79B9_7F4A_7C15L) >>> 33) % TENANTS);
        return switch ((int) (block % 3)) {
            case 0 -> NumberOwner.of(tenant, Capability.MESSAGE);
            case 1 -> NumberOwner.of(tenant, Capability.CALL);
            default -> NumberOwner.of(tenant, Capability.MESSAGE, Capability.CALL);
        };
    }

    /** The index of the n-th number that changes; the one after it goes. */
    static long changed(final long n) {
        return n * CHANGE_EVERY;
    }
}

package io.trunkline.perf.claims;

import io.trunkline.routing.PackedNumber;
import io.trunkline.routing.numbers.LiveNumbers;
import io.trunkline.routing.numbers.NumberFile;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;

/** Questions for a number table with their right answers: half of them hits, half of them misses, in random order. */
final class NumberQueries {
    private static final int STRIDE = 16;
    private static final long LONGEST_NS = 10_000_000_000L;

    private final UnsafeBuffer digits;
    private final byte[] length;
    private final long[] right;

    private NumberQueries(final int size) {
        digits = new UnsafeBuffer(new byte[size * STRIDE]);
        length = new byte[size];
        right = new long[size];
    }

    /**
     * Draws questions.
     *
     * @param hits as many misses come with them; every tenth miss is a neighbour of a number that there is
     * @param changed whether the answers are to be those after the changes
     */
    static NumberQueries draw(
            final NumberSample sample, final int hits, final boolean changed, final SplittableRandom random) {
        final NumberQueries queries = new NumberQueries(2 * hits);
        int hitsLeft = hits;
        int missesLeft = hits;
        for (int at = 0; at < 2 * hits; at++) {
            if (random.nextInt(hitsLeft + missesLeft) < hitsLeft) {
                hitsLeft--;
                long index;
                long owner;
                do {
                    index = random.nextLong(sample.count() + (changed ? sample.changes() : 0));
                    owner = changed ? sample.ownerAfter(index) : sample.owner(index);
                } while (owner == NumberFile.NONE);
                queries.set(at, NumberSample.number(index), owner);
            } else {
                missesLeft--;
                queries.set(at, miss(sample, changed, random), NumberFile.NONE);
            }
        }
        return queries;
    }

    private static long miss(final NumberSample sample, final boolean changed, final SplittableRandom random) {
        final int kind = random.nextInt(20);
        if (kind < 2) {
            return NumberSample.neighbour(random.nextLong(sample.count()));
        }
        if (kind == 2 && changed && sample.changes() > 0) {
            return NumberSample.number(NumberSample.changed(random.nextLong(sample.changes())) + 1);
        }
        return NumberSample.number(random.nextLong(sample.count() + sample.changes(), 3 * sample.count()));
    }

    private void set(final int at, final long number, final long owner) {
        final String text = PackedNumber.digits(number);
        digits.putStringWithoutLengthAscii(at * STRIDE, text);
        length[at] = (byte) text.length();
        right[at] = owner;
    }

    int size() {
        return right.length;
    }

    /** The packed number of a question. */
    long number(final int at) {
        return PackedNumber.of(digits, at * STRIDE, length[at]);
    }

    /** Its right answer. */
    long right(final int at) {
        return right[at];
    }

    static Histogram histogram() {
        return new Histogram(LONGEST_NS, 3);
    }

    /**
     * Asks all questions, each timed from its digits to its answer, and again while there is reason to.
     *
     * @return how many answers were wrong
     */
    long ask(final LiveNumbers numbers, final Histogram times, final BooleanSupplier again) {
        long wrong = 0;
        do {
            for (int at = 0; at < right.length; at++) {
                final long beganNs = System.nanoTime();
                final long answer = numbers.value(digits, at * STRIDE, length[at]);
                final long tookNs = System.nanoTime() - beganNs;
                times.recordValue(Math.min(tookNs, LONGEST_NS));
                wrong += answer == right[at] ? 0 : 1;
            }
        } while (again.getAsBoolean());
        return wrong;
    }
}

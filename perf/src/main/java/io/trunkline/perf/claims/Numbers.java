package io.trunkline.perf.claims;

import com.sun.management.ThreadMXBean;
import io.trunkline.perf.prove.Claim;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.routing.numbers.LiveNumbers;
import io.trunkline.routing.numbers.NumberContent;
import io.trunkline.routing.numbers.NumberFile;
import io.trunkline.routing.numbers.NumberFileBuilder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.HdrHistogram.Histogram;
import org.agrona.collections.Long2LongHashMap;

/**
 * 380 million numbers in a file: what it takes to build it, what it takes of disk and memory, whether it answers right and how
 * fast, and whether that stays so while it is rebuilt with changes and the new file takes the old one's place. Beside it, at
 * a size that fits into the heap, a hash map of primitives, asked in the same way.
 */
final class Numbers implements Claim {
    private static final int RUNS = 3;
    private static final int WARM_UP = 200_000;

    @Override
    public String name() {
        return "numbers";
    }

    @Override
    public String describe() {
        return "380 million numbers and their owners in 2.5 GB: exact, a lookup, and a swap while they are asked for";
    }

    @Override
    public ClaimResult run(final ProveContext context) throws Exception {
        final NumberSample sample = new NumberSample(context.option("count", 380_000_000));
        final int hits = (int) context.option("hits", 1_000_000);
        final SplittableRandom random = new SplittableRandom(context.option("seed", 1));
        final Path path = context.directory().resolve("numbers");
        final ClaimResult result = new ClaimResult().value("numbers", sample.count());

        build(context, sample, path, result);
        final long openedNs = System.nanoTime();
        final NumberFile file = NumberFile.open(path, NumberContent.OWNERS);
        result.value("openSeconds", (System.nanoTime() - openedNs) / 1e9);
        context.say("opened, every octet checked: %.2f s", (System.nanoTime() - openedNs) / 1e9);
        final LiveNumbers numbers = new LiveNumbers(file, NumberContent.OWNERS);

        NumberQueries.draw(sample, WARM_UP, false, random).ask(numbers, NumberQueries.histogram(), () -> false);
        lookUp(context, sample, hits, random, numbers, result);
        swap(context, sample, NumberQueries.draw(sample, hits, true, random), numbers, path, result);
        peer(context, sample, hits, random, result);
        return result;
    }

    private static void build(
            final ProveContext context, final NumberSample sample, final Path path, final ClaimResult result)
            throws IOException {
        final long beganNs = System.nanoTime();
        final long[] duplicates = {0};
        final long built;
        try (NumberFileBuilder builder =
                new NumberFileBuilder(path, NumberContent.OWNERS, (number, kept, dropped) -> duplicates[0]++)) {
            for (long index = 0; index < sample.count(); index++) {
                builder.add(NumberSample.number(index), sample.owner(index));
            }
            context.say("added after %.1f s", (System.nanoTime() - beganNs) / 1e9);
            built = builder.build();
        }
        final double seconds = (System.nanoTime() - beganNs) / 1e9;
        final long bytes = path.toFile().length();
        context.say(
                "built in %.1f s in a heap of %d MiB: %d octets, %.2f a number",
                seconds, Runtime.getRuntime().maxMemory() >> 20, bytes, bytes / (double) sample.count());
        final long most = context.option("most-bytes", 2_500_000_000L);
        result.value("bytes", bytes)
                .value("bytesPerNumber", bytes / (double) sample.count())
                .value("buildSeconds", seconds)
                .require(bytes <= most, bytes + " octets are more than " + most)
                .require(
                        built == sample.count() && duplicates[0] == 0,
                        built + " numbers came out of " + sample.count() + ", " + duplicates[0] + " twice");
    }

    private static void lookUp(
            final ProveContext context,
            final NumberSample sample,
            final int hits,
            final SplittableRandom random,
            final LiveNumbers numbers,
            final ClaimResult result) {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final double[] median = new double[RUNS];
        final double[] p99 = new double[RUNS];
        long wrong = 0;
        long allocated = 0;
        for (int run = 0; run < RUNS; run++) {
            final NumberQueries queries = NumberQueries.draw(sample, hits, false, random);
            final Histogram times = NumberQueries.histogram();
            final long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
            wrong += queries.ask(numbers, times, () -> false);
            allocated += threads.getCurrentThreadAllocatedBytes() - allocatedBefore;
            median[run] = times.getValueAtPercentile(50);
            p99[run] = times.getValueAtPercentile(99);
            context.say("%d questions, half of them misses: %s", queries.size(), text(times));
        }
        Arrays.sort(median);
        Arrays.sort(p99);
        final long most = context.option("most-p99-ns", 1000);
        final long lookups = 2L * hits * RUNS;
        result.zero("wrong", wrong)
                .value("p50Ns", median[RUNS / 2])
                .value("p99Ns", p99[RUNS / 2])
                .value("bytesAllocatedPerLookup", (double) allocated / lookups)
                .require(p99[RUNS / 2] <= most, "p99 of a lookup is " + p99[RUNS / 2] + " ns, above " + most)
                // The JVM's own few kilobytes meanwhile do not count: the smallest object has 16 bytes.
                .require(allocated < lookups / 10, "lookups allocated " + allocated + " bytes");
    }

    /** Changes, and a rebuild with another thread asking from before its beginning to after its end. */
    private static void swap(
            final ProveContext context,
            final NumberSample sample,
            final NumberQueries queries,
            final LiveNumbers numbers,
            final Path path,
            final ClaimResult result)
            throws Exception {
        change(sample, numbers);
        final ExecutorService asking = Executors.newSingleThreadExecutor();
        final AtomicBoolean done = new AtomicBoolean();
        context.ending(() -> done.set(true));
        final Histogram times = NumberQueries.histogram();
        final Future<Long> wrong = asking.submit(() -> queries.ask(numbers, times, () -> !done.get()));
        asking.shutdown();
        final int changes = numbers.changes();
        final long beganNs = System.nanoTime();
        final NumberFile rebuilt = numbers.rebuild(path);
        final double seconds = (System.nanoTime() - beganNs) / 1e9;
        done.set(true);
        result.value("changes", changes)
                .value("rebuildSeconds", seconds)
                .zero("wrongDuring", wrong.get())
                .require(
                        rebuilt.size() == sample.count() && numbers.changes() == 0,
                        rebuilt.size() + " numbers after the rebuild, " + numbers.changes() + " changes above it");
        context.say(
                "rebuilt with %d changes in %.1f s; %d questions meanwhile: %s",
                changes, seconds, times.getTotalCount(), text(times));
        final Histogram after = NumberQueries.histogram();
        result.zero("wrongAfter", queries.ask(numbers, after, () -> false));
        context.say("after it: %s", text(after));
        final long most = context.option("most-during-p99-ns", 2000);
        final long p99 = times.getValueAtPercentile(99);
        result.value("lookupsDuring", times.getTotalCount())
                .value("duringP50Ns", times.getValueAtPercentile(50))
                .value("duringP99Ns", p99)
                .value("duringMaxMs", times.getMaxValue() / 1e6)
                .require(p99 <= most, "p99 of a lookup during the rebuild is " + p99 + " ns, above " + most);
    }

    private static void change(final NumberSample sample, final LiveNumbers numbers) {
        for (long n = 0; n < sample.changes(); n++) {
            final long index = NumberSample.changed(n);
            numbers.put(NumberSample.number(index), sample.ownerAfter(index));
            numbers.remove(NumberSample.number(index + 1));
            numbers.put(NumberSample.number(sample.count() + n), sample.ownerAfter(sample.count() + n));
        }
    }

    private static void peer(
            final ProveContext context,
            final NumberSample all,
            final int hits,
            final SplittableRandom random,
            final ClaimResult result) {
        final int count = (int) Math.min(all.count(), context.option("peer", 5_000_000));
        if (count == 0) {
            return;
        }
        final NumberSample sample = new NumberSample(count);
        final Long2LongHashMap map = new Long2LongHashMap(count, 0.65f, NumberFile.NONE);
        for (long index = 0; index < count; index++) {
            map.put(NumberSample.number(index), sample.owner(index));
        }
        final NumberQueries queries = NumberQueries.draw(sample, hits, false, random);
        final Histogram times = NumberQueries.histogram();
        for (int run = 0; run < 2; run++) {
            times.reset();
            for (int at = 0; at < queries.size(); at++) {
                final long beganNs = System.nanoTime();
                final long answer = map.get(queries.number(at));
                times.recordValue(System.nanoTime() - beganNs);
                result.require(answer == queries.right(at), "the peer answers wrong");
            }
        }
        final double bytes = 2.0 * Long.BYTES * map.capacity() / count;
        context.say("Agrona's Long2LongHashMap with %d numbers, %.1f octets each: %s", count, bytes, text(times));
        result.value("peer", "Long2LongHashMap")
                .value("peerNumbers", count)
                .value("peerBytesPerNumber", bytes)
                .value("peerP50Ns", times.getValueAtPercentile(50))
                .value("peerP99Ns", times.getValueAtPercentile(99));
    }

    private static String text(final Histogram times) {
        return String.format(
                Locale.ROOT,
                "p50 %d ns, p99 %d ns, p99.9 %d ns, max %.3f ms",
                times.getValueAtPercentile(50),
                times.getValueAtPercentile(99),
                times.getValueAtPercentile(99.9),
                times.getMaxValue() / 1e6);
    }
}

package io.trunkline.perf.claims;

import io.trunkline.perf.prove.Claim;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.routes.LookupTimes;
import io.trunkline.perf.routes.PrefixPeer;
import io.trunkline.perf.routes.RouteSample;
import io.trunkline.routing.RouteChoice;
import io.trunkline.routing.RouteFile;
import io.trunkline.routing.RouteQuery;
import io.trunkline.routing.RouteRow;
import io.trunkline.routing.RoutingSnapshot;
import io.trunkline.routing.RoutingTable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A deck of a million prefixes: from its CSV file to the table in force, and what a look into it costs; beside Commons
 * Collections' Patricia trie and the JDK's {@code TreeMap}, with the same prefixes and the same numbers, in turns in one
 * process. Every answer is compared with the peers'.
 */
final class Routes implements Claim {
    private static final int CHUNK = 1 << 16;
    /** No row of the sample is for this tenant alone. */
    private static final int TENANT = 1_000;

    private static final int CLASS = 1;
    private static final double MB = 1e6;
    private static final double NS_PER_SECOND = 1e9;

    private final Map<String, List<Double>> figures = new LinkedHashMap<>();

    @Override
    public String name() {
        return "routes";
    }

    @Override
    public String describe() {
        return "a million prefixes: load + compile + swap under 5 s, 100 MB, 150 ns a lookup; beside two peers";
    }

    @Override
    public ClaimResult run(final ProveContext context) throws Exception {
        final int rows = (int) context.option("prefixes", 1_000_000);
        final int lookups = (int) context.option("lookups", 1_000_000);
        final long runs = context.option("times", context.option("runs", 5));
        final Path file = context.directory().resolve("routes.csv");
        final RouteSample sample = RouteSample.write(file, rows, context.option("seed", 1));
        final String[] numbers = sample.numbers(lookups, context.option("seed", 1) + 1);
        final UnsafeBuffer skewed = RouteSample.inBuffer(sample.skewedNumbers(lookups, context.option("seed", 1) + 2));
        context.say("%,d prefixes in %.1f MB; %d runs of %,d lookups", rows, Files.size(file) / MB, runs, lookups);
        long differing = 0;
        for (long run = 1; run <= runs; run++) {
            final RoutingTable<RoutingSnapshot> table =
                    new RoutingTable<>(RoutingSnapshot.builder(0).build());
            trunkline(file, table, numbers);
            skewed(table, skewed, lookups);
            differing += peers(file, table.current(), numbers);
            context.say(
                    "run %d: load + compile + swap %.2f s, %.1f MB, lookup p50 %.0f ns, selection p50 %.0f ns; of skewed"
                            + " numbers %.0f and %.0f ns; patricia %.0f ns, treeMap %.0f ns",
                    run,
                    last("totalS"),
                    last("retainedMB"),
                    last("lookupP50Ns"),
                    last("selectP50Ns"),
                    last("skewedLookupP50Ns"),
                    last("skewedSelectP50Ns"),
                    last("patriciaP50Ns"),
                    last("treeMapP50Ns"));
        }
        // The uniform numbers are judged, which are the hard ones: nearly every lookup goes to memory that no cache
        // holds.
        final ClaimResult result =
                new ClaimResult().value("prefixes", rows).value("runs", runs).zero("differing", differing);
        figures.forEach((key, values) -> result.value(key, Median.of(values)));
        return judge(context, result);
    }

    private ClaimResult judge(final ProveContext context, final ClaimResult result) {
        atMost(result, "totalS", context.option("most-seconds", 5));
        atMost(result, "retainedMB", context.option("most-mb", 100));
        atMost(result, "lookupP50Ns", context.option("most-lookup-ns", 150));
        atMost(result, "selectP50Ns", context.option("most-select-ns", 1000));
        // What the measuring itself allocates is less than a byte in a hundred lookups.
        result.require(Median.of(figures.get("bytesPerLookup")) < 0.01, "a lookup allocates")
                .require(Median.of(figures.get("bytesPerSelection")) < 0.01, "a selection allocates");
        return result;
    }

    private void atMost(final ClaimResult result, final String key, final long most) {
        final double value = Median.of(figures.get(key));
        result.require(value <= most, key + " is " + value + " and may be " + most);
    }

    private void trunkline(final Path file, final RoutingTable<RoutingSnapshot> table, final String[] numbers)
            throws IOException {
        final double before = usedMb();
        final long begin = System.nanoTime();
        final RoutingSnapshot.Builder builder = RoutingSnapshot.builder(1);
        load(file, builder);
        final long loaded = System.nanoTime();
        final RoutingSnapshot snapshot = builder.build();
        final long compiled = System.nanoTime();
        table.publish(snapshot);
        final long swapped = System.nanoTime();
        note("loadS", (loaded - begin) / NS_PER_SECOND);
        note("compileS", (compiled - loaded) / NS_PER_SECOND);
        note("swapNs", (double) (swapped - compiled));
        note("totalS", (swapped - begin) / NS_PER_SECOND);
        note("retainedMB", usedMb() - before);
        note("rows", snapshot.rowCount());
        final UnsafeBuffer digits = RouteSample.inBuffer(numbers);
        final LookupTimes lookup = lookup(table, digits, numbers.length);
        final LookupTimes selection = selection(table, digits, numbers.length);
        note("lookupP50Ns", lookup.p50Ns());
        note("lookupP99Ns", lookup.p99Ns());
        note("lookupMeanNs", lookup.meanNs());
        note("bytesPerLookup", lookup.bytesEach());
        note("selectP50Ns", selection.p50Ns());
        note("selectP99Ns", selection.p99Ns());
        note("selectMeanNs", selection.meanNs());
        note("bytesPerSelection", selection.bytesEach());
    }

    /** The same table, asked for few numbers often: what caches make of real traffic. */
    private void skewed(final RoutingTable<RoutingSnapshot> table, final UnsafeBuffer digits, final int count) {
        note("skewedLookupP50Ns", lookup(table, digits, count).p50Ns());
        note("skewedSelectP50Ns", selection(table, digits, count).p50Ns());
    }

    private static LookupTimes lookup(
            final RoutingTable<RoutingSnapshot> table, final UnsafeBuffer digits, final int count) {
        final RouteChoice choice = new RouteChoice();
        final RouteQuery query = new RouteQuery().message(TENANT, CLASS, 1);
        return LookupTimes.of(
                count,
                i -> table.current()
                        .match(query, digits, i * RouteSample.NUMBER_ROOM, RouteSample.NUMBER_DIGITS, choice));
    }

    private static LookupTimes selection(
            final RoutingTable<RoutingSnapshot> table, final UnsafeBuffer digits, final int count) {
        final RouteChoice choice = new RouteChoice();
        final RouteQuery query = new RouteQuery();
        return LookupTimes.of(
                count,
                i -> table.current()
                                .select(
                                        query.message(TENANT, CLASS, i),
                                        digits,
                                        i * RouteSample.NUMBER_ROOM,
                                        RouteSample.NUMBER_DIGITS,
                                        choice)
                        + choice.carrier(0));
    }

    private static void load(final Path path, final RoutingSnapshot.Builder into) throws IOException {
        final RouteFile file = new RouteFile("routes.csv", RouteSample.names(), into, 1);
        final byte[] chunk = new byte[CHUNK];
        try (InputStream in = Files.newInputStream(path)) {
            for (int length = in.read(chunk); length > 0; length = in.read(chunk)) {
                file.read(chunk, 0, length);
            }
        }
        file.end();
        if (!file.problems().isEmpty()) {
            throw new IllegalStateException(file.problems().toString());
        }
    }

    /** Measures the peers one after the other, so that each has the heap and the caches for itself; counts other answers. */
    private long peers(final Path file, final RoutingSnapshot snapshot, final String[] numbers) throws IOException {
        return peer(() -> PrefixPeer.patricia(file), snapshot, numbers)
                + peer(() -> PrefixPeer.treeMap(file), snapshot, numbers);
    }

    /** Builds a peer. */
    private interface PeerSource {
        PrefixPeer build() throws IOException;
    }

    private long peer(final PeerSource source, final RoutingSnapshot snapshot, final String[] numbers)
            throws IOException {
        final double before = usedMb();
        final long begin = System.nanoTime();
        final PrefixPeer peer = source.build();
        final long built = System.nanoTime();
        note(peer.name() + "LoadS", (built - begin) / NS_PER_SECOND);
        note(peer.name() + "MB", usedMb() - before);
        final LookupTimes times = LookupTimes.of(numbers.length, i -> peer.find(numbers[i]));
        note(peer.name() + "P50Ns", times.p50Ns());
        note(peer.name() + "P99Ns", times.p99Ns());
        note(peer.name() + "MeanNs", times.meanNs());
        note(peer.name() + "BytesPerLookup", times.bytesEach());
        return differing(snapshot, peer, numbers);
    }

    private static long differing(final RoutingSnapshot snapshot, final PrefixPeer peer, final String[] numbers) {
        final UnsafeBuffer digits = RouteSample.inBuffer(numbers);
        final RouteChoice choice = new RouteChoice();
        final RouteQuery query = new RouteQuery().message(TENANT, CLASS, 1);
        long differing = 0;
        for (int i = 0; i < numbers.length; i++) {
            final int id =
                    snapshot.match(query, digits, i * RouteSample.NUMBER_ROOM, RouteSample.NUMBER_DIGITS, choice);
            final int expected = peer.find(numbers[i]);
            if (id == RoutingSnapshot.NO_ROUTE) {
                differing += expected == PrefixPeer.NO_ROW ? 0 : 1;
            } else {
                final RouteRow row = snapshot.row(id);
                differing += row.line() == expected ? 0 : 1;
            }
        }
        return differing;
    }

    private void note(final String key, final double value) {
        figures.computeIfAbsent(key, added -> new ArrayList<>()).add(value);
    }

    private double last(final String key) {
        final List<Double> values = figures.get(key);
        return values.get(values.size() - 1);
    }

    /** Live heap after a full collection. */
    private static double usedMb() {
        ManagementFactory.getMemoryMXBean().gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MB;
    }
}

package io.trunkline.perf.roles;

import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.sim.Latency;
import io.trunkline.sip.transport.Destination;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * What a {@link CallerRole} does.
 *
 * @param destination where INVITEs go
 * @param local address that they come from; port 0: any that is free
 * @param schedule when calls begin
 * @param from the caller's number, digits
 * @param prefixes beginnings of called numbers, in turns; the number of the call follows in seven digits
 * @param hold from the answer until the caller hangs up; null: it leaves that to the called side
 * @param cancelled share of the calls that the caller gives up while it rings, 0 to 1
 * @param patience from ringing until such a one is given up
 * @param open most calls at a time
 * @param units most calls
 * @param duration how long to begin calls
 * @param firstUnit number of the first call
 */
public record CallerPlan(
        Destination destination,
        InetSocketAddress local,
        Schedule schedule,
        String from,
        List<String> prefixes,
        Latency hold,
        double cancelled,
        Latency patience,
        int open,
        long units,
        Duration duration,
        long firstUnit) {
    public CallerPlan {
        prefixes = List.copyOf(prefixes);
        if (!(cancelled >= 0 && cancelled <= 1)) {
            throw new IllegalArgumentException("between 0 and 100 percent of the calls can be given up");
        }
        if (open < 1) {
            throw new IllegalArgumentException("one call at a time is the least");
        }
    }

    /** The number that call {@code index} goes to. */
    public String number(final long index) {
        final String prefix = prefixes.get((int) (index % prefixes.size()));
        return prefix + String.format("%07d", (firstUnit + index) % 10_000_000);
    }
}

package io.trunkline.gateway.daemon;

import com.sun.management.ThreadMXBean;
import io.trunkline.gateway.shard.Shard;
import java.lang.management.ManagementFactory;

/** What the shard's thread has used: CPU time and bytes allocated, as the JVM counts them. */
final class ShardMeter {
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Shard shard;

    ShardMeter(final Shard shard) {
        this.shard = shard;
    }

    long allocatedBytes() {
        return threads.getThreadAllocatedBytes(shard.thread().getId());
    }

    long cpuNs() {
        return threads.getThreadCpuTime(shard.thread().getId());
    }

    long cycles() {
        return shard.counters().cycles;
    }

    long idleCycles() {
        return shard.counters().idleCycles;
    }
}

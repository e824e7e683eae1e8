package io.trunkline.gateway.shard;

import java.util.Locale;
import java.util.Map;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the kernel how the calling thread wants its share of the CPU ({@code sched_setattr(2)}; no privilege is needed). Where
 * it cannot be told, things go on as they were.
 */
public final class ThreadScheduling {
    /** The shortest that the kernel grants. */
    private static final long SLICE_NS = 100_000;

    private static final int BATCH = 3;
    /** A third of the weight of an ordinary thread: on a box that is all taken it still gets on. */
    private static final int NICE = 5;

    private static final Logger LOG = LoggerFactory.getLogger(ThreadScheduling.class);
    /**
     * <pre>
     *   0 size    4 policy    8 flags    16 nice    20 priority    24 runtime    32 deadline    40 period
     * </pre>
     */
    private static final int ATTRIBUTES_BYTES = 48;

    private static final int POLICY_OFFSET = 4;
    private static final int NICE_OFFSET = 16;
    private static final int RUNTIME_OFFSET = 24;
    /** Numbers of {@code sched_setattr}; {@code sched_getattr} is the next one. */
    private static final Map<String, Long> SYSCALLS = Map.of("amd64", 314L, "aarch64", 274L);

    /** Called by its name; public for the library that implements it. */
    public interface LibC {
        long syscall(long number, long thread, Pointer attributes, long sizeOrFlags, long flags);
    }

    private interface Change {
        void of(Pointer attributes);
    }

    private ThreadScheduling() {}

    /**
     * Short slices: a thread whose slice is short runs sooner after it was woken, before threads with long slices; its share
     * stays the same. With the kernel's own slice, about 3 ms, a shard that shares its core waits that long for its turn.
     * {@code sched_runtime} of an ordinary thread is its slice from Linux 6.12 on; kernels before it ignore it.
     */
    public static void shortSlices() {
        change("short slices", attributes -> attributes.putLong(RUNTIME_OFFSET, SLICE_NS));
    }

    /** Steps back behind those who do the work that somebody waits for: a smaller share, and no turn before theirs. */
    public static void background() {
        change("a background thread", attributes -> {
            attributes.putInt(POLICY_OFFSET, BATCH);
            attributes.putInt(NICE_OFFSET, NICE);
        });
    }

    private static void change(final String what, final Change change) {
        final Long set = SYSCALLS.get(System.getProperty("os.arch", "").toLowerCase(Locale.ROOT));
        if (set == null || !System.getProperty("os.name", "").equals("Linux")) {
            return;
        }
        try {
            final LibC libC = LibraryLoader.create(LibC.class).load("c");
            final Pointer attributes = Memory.allocateDirect(Runtime.getRuntime(libC), ATTRIBUTES_BYTES, true);
            if (libC.syscall(set + 1, 0, attributes, ATTRIBUTES_BYTES, 0) != 0) {
                LOG.debug("the thread's scheduling attributes cannot be read");
                return;
            }
            change.of(attributes);
            if (libC.syscall(set, 0, attributes, 0, 0) != 0) {
                LOG.debug("the kernel does not grant {}", what);
            }
        } catch (LinkageError | RuntimeException e) {
            LOG.debug("not granted: {}: {}", what, e.toString());
        }
    }
}

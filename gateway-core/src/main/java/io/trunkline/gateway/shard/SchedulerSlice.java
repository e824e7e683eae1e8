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
 * Asks the kernel to give this thread its share of the CPU in short slices. A thread whose slice is short runs sooner
 * after it was woken, before threads with long slices; its share stays the same. With the kernel's own slice, about
 * 3 ms, a shard that shares its core waits that long for its turn.
 *
 * <p>{@code sched_setattr(2)}: {@code sched_runtime} of an ordinary thread is its slice from Linux 6.12 on; kernels
 * before it ignore it. Needs no privilege.
 */
final class SchedulerSlice {
    /** The shortest that the kernel grants. */
    private static final long SLICE_NS = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(SchedulerSlice.class);
    private static final int ATTRIBUTES_BYTES = 48;
    private static final int RUNTIME_OFFSET = 24;
    /** Numbers of {@code sched_setattr}; {@code sched_getattr} is the next one. */
    private static final Map<String, Long> SYSCALLS = Map.of("amd64", 314L, "aarch64", 274L);

    /** Called by its name; public for the library that implements it. */
    public interface LibC {
        long syscall(long number, long thread, Pointer attributes, long sizeOrFlags, long flags);
    }

    private SchedulerSlice() {}

    /** For the calling thread; where it cannot be had, things go on as they were. */
    static void shorten() {
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
            attributes.putLong(RUNTIME_OFFSET, SLICE_NS);
            if (libC.syscall(set, 0, attributes, 0, 0) != 0) {
                LOG.debug("the kernel gives no short slices");
            }
        } catch (LinkageError | RuntimeException e) {
            LOG.debug("no short slices: {}", e.toString());
        }
    }
}

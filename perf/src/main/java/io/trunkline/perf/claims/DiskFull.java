package io.trunkline.perf.claims;

import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.perf.load.LoadCounters.Counter;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.prove.Claim;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.ProveContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * The disk fills up under load (promise G7): below the limit new units are refused with a code, what was accepted is
 * finished from the reserve, and when space returns so does service, without a restart.
 */
final class DiskFull implements Claim {
    /** A small disk needs small reserves. */
    static final String SPACE = "  space: {minFree: 96MiB, reserve: 32MiB, allocateAhead: 16MiB}";

    private static final long DISK_MIB = 700;
    private static final Duration SOON = Duration.ofSeconds(15);

    @Override
    public String name() {
        return "disk-full";
    }

    @Override
    public String describe() {
        return "fill the journal's disk under load, then free it; refusals are explicit, nothing is lost (root)";
    }

    @Override
    public ClaimResult run(final ProveContext context) throws Exception {
        final ClaimResult result = new ClaimResult();
        if (!Shell.isRoot()) {
            return result.require(false, "disk-full mounts a loop device, and that needs root");
        }
        final Path images = Files.createTempDirectory(Path.of("/dev/shm"), "trunkline-full-");
        context.ending(() -> Files.deleteIfExists(images));
        final LoopDisk disk =
                context.ending(new LoopDisk(images, context.directory().resolve("disk"), DISK_MIB));
        final Stage stage = Stage.usual(context, context.option("durability", "disk"));
        stage.setup().data(disk.path().resolve("data")).journal(SPACE);
        final Daemon daemon = stage.start();
        final LoadRun load = context.load(stage.plan()
                .at(new Schedule.Constant(context.option("rate", 2000)))
                .sending(Kill9.allClasses(context.option("seed", 1))));
        final long times = context.option("times", 3);
        double slowestReturn = 0;
        for (int turn = 1; turn <= times; turn++) {
            ProveContext.await(SOON, () -> load.counters().get(Counter.ACCEPTED) > 1000);
            slowestReturn = Math.max(slowestReturn, fillAndFree(context, result, disk, load, daemon, turn));
        }
        load.stopSending();
        Settling.await(context, load);
        final Long byCode = load.counters().refusals().get(ErrorCode.STORAGE_LOW.number());
        result.value("fills", times)
                .value("refusedStorageLow", byCode == null ? 0 : byCode)
                .value("slowestReturnSeconds", slowestReturn);
        stage.judge(result, load);
        return result;
    }

    private static double fillAndFree(
            final ProveContext context,
            final ClaimResult result,
            final LoopDisk disk,
            final LoadRun load,
            final Daemon daemon,
            final int turn)
            throws IOException, InterruptedException {
        final Path filler = disk.path().resolve("filler");
        final long refusedBefore = load.counters().get(Counter.REFUSED);
        fill(filler, Files.getFileStore(disk.path()).getUsableSpace());
        result.require(
                ProveContext.await(SOON, () -> load.counters().get(Counter.REFUSED) > refusedBefore + 500),
                "the disk was full and nothing was refused");
        final long acceptedWhileFull = load.counters().get(Counter.ACCEPTED);
        Thread.sleep(2000);
        context.say(
                "full %d: refused %d, accepted while full %d, daemon %s",
                turn,
                load.counters().get(Counter.REFUSED) - refusedBefore,
                load.counters().get(Counter.ACCEPTED) - acceptedWhileFull,
                daemon.isAlive() ? "alive" : "dead");
        result.require(daemon.isAlive(), "the daemon ended on the full disk; " + daemon.tailOfLog());
        final long accepted = load.counters().get(Counter.ACCEPTED);
        final long freed = System.nanoTime();
        Files.delete(filler);
        result.require(
                ProveContext.await(SOON, () -> load.counters().get(Counter.ACCEPTED) > accepted + 500),
                "space returned and service did not");
        return (System.nanoTime() - freed) / 1e9;
    }

    /** Takes all space that there is, in blocks, until the file system says no. */
    private static void fill(final Path filler, final long bytes) throws IOException {
        final ByteBuffer block = ByteBuffer.allocateDirect(1 << 20);
        try (FileChannel file = FileChannel.open(filler, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (long left = bytes; left > 0; left -= block.capacity()) {
                block.clear();
                file.write(block);
            }
        } catch (final IOException e) {
            if (!String.valueOf(e.getMessage()).contains("No space left")) {
                throw e;
            }
        }
    }
}

package io.trunkline.perf.claims;

import io.trunkline.perf.load.LoadCounters.Counter;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.prove.Claim;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.ProveContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * The power fails: only what was forced to the disk is left (promise G1 at durability {@code disk}). The journal lies
 * on a loop disk; the daemon is stopped in its tracks, the disk's image copied, and the daemon goes on from the copy.
 */
final class PowerCut implements Claim {
    /** A small disk needs small reserves. */
    static final String SPACE = "  space: {minFree: 200MiB, reserve: 32MiB, allocateAhead: 32MiB}";

    private static final long DISK_MIB = 1500;

    @Override
    public String name() {
        return "power-cut";
    }

    @Override
    public String describe() {
        return "lose what was not forced to disk, at random moments under load; nothing acknowledged is lost (root)";
    }

    @Override
    public ClaimResult run(final ProveContext context) throws Exception {
        final ClaimResult result = new ClaimResult();
        if (!Shell.isRoot()) {
            return result.require(false, "power-cut mounts loop devices, and that needs root");
        }
        final long times = context.option("times", 10);
        final SplittableRandom random = new SplittableRandom(context.option("seed", 1));
        final Path images = Files.createTempDirectory(Path.of("/dev/shm"), "trunkline-power-");
        context.ending(() -> Files.deleteIfExists(images));
        final LoopDisk disk =
                context.ending(new LoopDisk(images, context.directory().resolve("disk"), DISK_MIB));
        final Stage stage = Stage.usual(context, "disk");
        stage.setup().data(disk.path().resolve("data")).journal(SPACE);
        final Daemon daemon = stage.start();
        final LoadRun load = context.load(stage.plan()
                .at(new Schedule.Constant(context.option("rate", 3000)))
                .sending(Kill9.allClasses(context.option("seed", 1))));
        for (int cut = 1; cut <= times; cut++) {
            final long before = load.counters().get(Counter.ACCEPTED);
            ProveContext.await(Duration.ofSeconds(20), () -> load.counters().get(Counter.ACCEPTED) > before + 100);
            Thread.sleep(random.nextLong(20, 1000));
            daemon.signal("STOP");
            final Path snapshot = disk.snapshot();
            daemon.kill();
            disk.replaceBy(snapshot);
            daemon.start();
            context.say(
                    "cut %d of %d: acknowledged %d, ended %d",
                    cut,
                    times,
                    load.counters().get(Counter.ACCEPTED),
                    load.counters().get(Counter.TERMINAL));
        }
        Thread.sleep(500);
        load.stopSending();
        Settling.await(context, load);
        result.value("cuts", times);
        stage.judge(result, load);
        return result;
    }
}

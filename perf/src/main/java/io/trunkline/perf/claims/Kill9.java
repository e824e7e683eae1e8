package io.trunkline.perf.claims;

import io.trunkline.perf.load.LoadCounters.Counter;
import io.trunkline.perf.load.LoadRun;
import io.trunkline.perf.load.MessageMix;
import io.trunkline.perf.load.MessageMix.Alphabet;
import io.trunkline.perf.load.Schedule;
import io.trunkline.perf.prove.Claim;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.upstream.codec.MessageClass;
import java.time.Duration;
import java.util.SplittableRandom;

/** kill -9 of the daemon at random moments under load (promises G1, G2, G4, G6). */
final class Kill9 implements Claim {
    @Override
    public String name() {
        return "kill9";
    }

    @Override
    public String describe() {
        return "kill -9 at random moments under load, restart; nothing acknowledged is lost, sent twice unmarked, stuck";
    }

    @Override
    public ClaimResult run(final ProveContext context) throws Exception {
        final long times = context.option("times", 20);
        final SplittableRandom random = new SplittableRandom(context.option("seed", 1));
        final Stage stage = Stage.usual(context, context.option("durability", "process"));
        final Daemon daemon = stage.start();
        final LoadRun load = context.load(stage.plan()
                .at(new Schedule.Constant(context.option("rate", 4000)))
                .sending(allClasses(context.option("seed", 1))));
        double longest = 0;
        for (int kill = 1; kill <= times; kill++) {
            final long before = load.counters().get(Counter.ACCEPTED);
            ProveContext.await(Duration.ofSeconds(20), () -> load.counters().get(Counter.ACCEPTED) > before + 100);
            Thread.sleep(random.nextLong(20, 1200));
            daemon.kill();
            final long down = System.nanoTime();
            daemon.start();
            final double seconds = (System.nanoTime() - down) / 1e9;
            longest = Math.max(longest, seconds);
            context.say(
                    "kill %d of %d: acknowledged %d, ended %d, ready again after %.2f s",
                    kill,
                    times,
                    load.counters().get(Counter.ACCEPTED),
                    load.counters().get(Counter.TERMINAL),
                    seconds);
        }
        Thread.sleep(500);
        load.stopSending();
        Settling.await(context, load);
        final ClaimResult result = new ClaimResult().value("kills", times);
        stage.judge(result, load);
        return result.value("slowestRestart", longest);
    }

    /** Every class, so that every way out of doubt is taken; some texts of several segments. */
    static MessageMix.Shape allClasses(final long seed) {
        return MessageMix.Shape.plain(seed)
                .ofLength(40, 200)
                .withAlphabets(Alphabet.LATIN, Alphabet.LATIN, Alphabet.LATIN, Alphabet.CYRILLIC)
                .ofClasses(MessageClass.OTP, MessageClass.TRANSACTIONAL, MessageClass.BULK)
                .toPrefixes("49151", "33612", "44770");
    }
}

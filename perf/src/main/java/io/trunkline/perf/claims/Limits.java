package io.trunkline.perf.claims;

import io.trunkline.perf.claims.LimitedKey.Kind;
import io.trunkline.perf.prove.Claim;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.sim.Faults;
import io.trunkline.perf.sim.McSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Every kind of limit under more than it lets through, counted at the carrier: in the long run, in any ten seconds, among
 * keys that press unequally, through a kill -9 with a restart, and over midnight in the limit's zone.
 */
final class Limits implements Claim {
    private static final double TOLERANCE = 0.01;
    /** Segments at either end of a span, of those on their way when it began or ended. */
    private static final int EDGE = 3;

    /** What was let through later may be at the carrier together with what was on its way. */
    private static final double ON_THE_WAY_S = 0.5;

    private static final long SECOND_NS = 1_000_000_000L;
    private static final long SPAN_NS = 10 * SECOND_NS;
    private static final int SECONDS_OF_DAY = 86_400;
    private static final int MOST_OFFSET = 18 * 3_600;
    private static final String ONE = "4915110";
    private static final String TWO = "4917120";

    /** Moments of a run, nanoseconds since 1970. */
    private record Course(long settledNs, long killedNs, long steadyAgainNs, long midnightNs, long endNs) {}

    @Override
    public String name() {
        return "limits";
    }

    @Override
    public String describe() {
        return "each kind of limit as the carrier counts it, shared fairly, through kill -9 and over midnight";
    }

    @Override
    public ClaimResult run(final ProveContext context) throws Exception {
        final Stage stage = stage(context);
        final List<LimitedKey> keys = keys();
        final Daemon daemon = stage.start();
        // How long a start takes nobody knows beforehand, so midnight comes with another configuration.
        final long midnightS = Instant.now().getEpochSecond() + context.option("midnight", 46);
        apply(daemon, limits(midnightS));
        final LimitPressure pressure =
                context.ending(new LimitPressure(stage.setup(), keys)).start();
        final long beganNs = now();
        sleepUntil(beganNs + 16 * SECOND_NS);
        final long killedNs = now();
        daemon.kill();
        daemon.start();
        final long readyNs = now();
        context.say(
                "killed after %.1f s, ready again %.1f s later",
                seconds(beganNs, killedNs), seconds(killedNs, readyNs));
        final Course course = new Course(
                beganNs + 5 * SECOND_NS,
                killedNs,
                readyNs + 5 * SECOND_NS,
                midnightS * SECOND_NS,
                midnightS * SECOND_NS + 12 * SECOND_NS);
        sleepUntil(course.endNs());
        pressure.stop();
        Thread.sleep(1_000);
        final int exit = daemon.stop(Duration.ofSeconds(45));
        final McSimulator carrier = stage.carriers().get(0);
        carrier.flushLog();
        context.say("offered %d, refused %d", pressure.offered(), pressure.refused());

        final ClaimResult result = new ClaimResult().value("offered", pressure.offered());
        final LimitCounts counts =
                new LimitCounts(context.carrierLog(carrier.config().name()));
        for (final Kind kind : Kind.values()) {
            final List<LimitedKey> ofKind =
                    keys.stream().filter(key -> key.kind() == kind).toList();
            if (kind == Kind.BRAND_DAY) {
                days(context, result, counts, ofKind, course);
            } else {
                pace(context, result, counts, ofKind, course);
            }
        }
        return result.require(exit == 0, "the daemon's stop had exit code " + exit)
                .require(
                        pressure.wrongRefusals().isEmpty(),
                        "refusals with other codes than the limit's: " + pressure.wrongRefusals())
                .require(course.midnightNs() > course.steadyAgainNs(), "midnight came before the daemon was back");
    }

    private static void apply(final Daemon daemon, final String limits) throws IOException, InterruptedException {
        Files.writeString(daemon.setup().directory().resolve("conf/limits.yaml"), limits);
        final String said = daemon.command("apply");
        if (!said.contains("in force")) {
            throw new IllegalStateException("the limits could not be applied: " + said);
        }
    }

    /** A rate: what each key got of it before the kill and after, and the worst ten seconds. */
    private static void pace(
            final ProveContext context,
            final ClaimResult result,
            final LimitCounts counts,
            final List<LimitedKey> keys,
            final Course course) {
        final Kind kind = keys.get(0).kind();
        double worst = 0;
        double least = Double.MAX_VALUE;
        double most = 0;
        long regained = 0;
        for (final LimitedKey key : keys) {
            // What was let through at the very end is on its way when the daemon is killed.
            final double before = rate(counts, key, course.settledNs(), course.killedNs() - SECOND_NS);
            final double after = rate(counts, key, course.steadyAgainNs(), course.endNs());
            context.say(
                    "%s key %d, %.0f/s offered: %.2f/s, after the kill %.2f/s",
                    kind, key.number(), key.offered(), before, after);
            // A key with credit for many at once spends it first.
            final boolean settled = kind.burst() <= kind.perSecond();
            worst = Math.max(worst, Math.max(settled ? deviation(before, kind) : 0, deviation(after, kind)));
            least = Math.min(least, after);
            most = Math.max(most, after);
            final long inSpan = counts.most(key, SPAN_NS);
            final double allowed =
                    kind.perSecond() * (seconds(0, SPAN_NS) * (1 + TOLERANCE) + ON_THE_WAY_S) + kind.burst() + EDGE;
            result.require(
                    inSpan <= allowed,
                    kind + " key " + key.number() + ": " + inSpan + " segments in ten seconds, " + allowed + " may be");
            // While the daemon is away a key gathers what it may have at once, and no more than time gives.
            final double away = seconds(course.killedNs(), course.steadyAgainNs()) * kind.perSecond();
            regained = Math.max(
                    regained, counts.between(key, course.killedNs(), course.steadyAgainNs()) - (long) Math.ceil(away));
        }
        final String word = kind.tenant();
        result.value(word + "Deviation", percent(worst))
                .value(word + "Spread", percent((most - least) / kind.perSecond()))
                .require(worst <= TOLERANCE, kind + " deviates by " + percent(worst))
                .require(most - least <= 2 * TOLERANCE * kind.perSecond(), kind + " is not shared fairly")
                .require(
                        regained <= EDGE + kind.burst() * (kind == Kind.NUMBER_MINUTE ? TOLERANCE : 1),
                        kind + ": " + regained + " segments more after the restart than time gives");
    }

    private static double rate(final LimitCounts counts, final LimitedKey key, final long fromNs, final long toNs) {
        return counts.between(key, fromNs, toNs) / seconds(fromNs, toNs);
    }

    private static double deviation(final double rate, final Kind kind) {
        return Math.abs(rate - kind.perSecond()) / kind.perSecond();
    }

    /** A day: what came before midnight, through the kill, and what came after. */
    private static void days(
            final ProveContext context,
            final ClaimResult result,
            final LimitCounts counts,
            final List<LimitedKey> keys,
            final Course course) {
        for (final LimitedKey key : keys) {
            final long before = counts.between(key, 0, course.midnightNs());
            final long after = counts.between(key, course.midnightNs(), Long.MAX_VALUE);
            context.say(
                    "%s key %d, %.0f/s offered: %d before midnight, %d after",
                    key.kind(), key.number(), key.offered(), before, after);
            final int amount = key.kind().amount();
            result.value("day" + key.number(), before + "+" + after)
                    .require(
                            Math.abs(before - amount) <= amount * TOLERANCE,
                            before + " segments before midnight, " + amount + " may be")
                    .require(after <= amount * (1 + TOLERANCE), after + " segments after midnight")
                    .require(
                            after >= Math.min(amount, key.offered() * key.segments() * 8) * (1 - TOLERANCE),
                            "only " + after + " segments after midnight");
        }
    }

    private static String percent(final double share) {
        return String.format(Locale.ROOT, "%.2f%%", share * 100);
    }

    /** Keys of every kind, that press from a little more than they may to ten times as much. */
    private static List<LimitedKey> keys() {
        final List<LimitedKey> keys = new ArrayList<>();
        key(keys, Kind.TENANT_SECOND, "12025550100", "", ONE, 450, 1);
        key(keys, Kind.SENDER_SECOND, "12025550101", "", ONE, 130, 1);
        key(keys, Kind.SENDER_SECOND, "12025550102", "", ONE, 400, 1);
        // Two segments each: half as many messages.
        key(keys, Kind.SENDER_SECOND, "12025550103", "", TWO, 120, 2);
        key(keys, Kind.CAMPAIGN_MINUTE, "12025550104", "spring", ONE, 70, 1);
        key(keys, Kind.CAMPAIGN_MINUTE, "12025550104", "spring", TWO, 200, 1);
        key(keys, Kind.CAMPAIGN_MINUTE, "12025550104", "autumn", ONE, 100, 1);
        key(keys, Kind.NUMBER_MINUTE, "12025550105", "", ONE, 150, 1);
        key(keys, Kind.NUMBER_MINUTE, "12025550105", "", TWO, 180, 1);
        key(keys, Kind.NUMBER_MINUTE, "12025550106", "", TWO, 220, 1);
        key(keys, Kind.BRAND_DAY, "12025550107", "spring", ONE, 20, 1);
        key(keys, Kind.BRAND_DAY, "12025550107", "winter", TWO, 80, 1);
        return keys;
    }

    private static void key(
            final List<LimitedKey> keys,
            final Kind kind,
            final String from,
            final String campaign,
            final String to,
            final double offered,
            final int segments) {
        keys.add(new LimitedKey(kind, keys.size() + 1, from, campaign, to, offered, segments));
    }

    private static Stage stage(final ProveContext context) {
        final Stage stage = new Stage(context);
        stage.setup()
                .durability(context.option("durability", "process"))
                .route("*,,,alpha")
                .file("networks.csv", "from,to,network\n491511,,262-01\n49171,49172,262-02\n")
                .file("campaigns.csv", "campaign,brand\nspring,acme\nautumn,acme\nwinter,globex\n")
                .file("limits.yaml", limits(0));
        for (final Kind kind : Kind.values()) {
            stage.setup().tenant(kind.tenant(), tenant(kind));
        }
        stage.carrier(
                "alpha",
                Faults.none(),
                2,
                List.of(
                        "receipts: {timeout: 60s}",
                        "inDoubt:",
                        "  transactional: {policy: wait-for-receipt, waitFor: 4s}"));
        return stage;
    }

    private static String[] tenant(final Kind kind) {
        return kind == Kind.TENANT_SECOND
                ? new String[] {"tps: " + kind.amount(), "burst: " + kind.burst(), "credit: 100000", "maxOpen: 5000000"}
                : Stage.UNLIMITED;
    }

    private static String limits(final long midnightS) {
        return "limits:\n"
                + limit(Kind.SENDER_SECOND, "tenant, sender", "second", "")
                + limit(Kind.CAMPAIGN_MINUTE, "network, campaign", "minute", "")
                + limit(Kind.NUMBER_MINUTE, "network, sender", "minute", "")
                + limit(Kind.BRAND_DAY, "network, brand", "day", "    zone: \"" + zone(midnightS) + "\"\n");
    }

    private static String limit(final Kind kind, final String per, final String every, final String more) {
        return "  - name: " + kind.tenant() + "\n"
                + "    per: [" + per + "]\n"
                + "    segments: " + kind.amount() + "\n"
                + "    every: " + every + "\n"
                + "    burst: " + kind.burst() + "\n"
                + "    tenants: [" + kind.tenant() + "]\n"
                + more;
    }

    /** The offset from UTC at which this moment is midnight. */
    private static String zone(final long midnightS) {
        final int secondOfDay = (int) (midnightS % SECONDS_OF_DAY);
        final int offset = secondOfDay <= MOST_OFFSET ? -secondOfDay : SECONDS_OF_DAY - secondOfDay;
        return ZoneOffset.ofTotalSeconds(offset).getId();
    }

    private static long now() {
        final Instant now = Instant.now();
        return now.getEpochSecond() * SECOND_NS + now.getNano();
    }

    private static void sleepUntil(final long timeNs) throws InterruptedException {
        Thread.sleep(Math.max(0, (timeNs - now()) / 1_000_000));
    }

    private static double seconds(final long fromNs, final long toNs) {
        return (toNs - fromNs) / (double) SECOND_NS;
    }
}

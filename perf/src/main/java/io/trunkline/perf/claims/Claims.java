package io.trunkline.perf.claims;

import io.trunkline.perf.prove.Claim;
import java.util.List;

/** All claims, in the order of {@code prove --list}. */
public final class Claims {
    private Claims() {}

    public static List<Claim> all() {
        return List.of(
                new Kill9(),
                new PowerCut(),
                new DiskFull(),
                new InDoubt(),
                new Idempotent(),
                new Resume(),
                new Drain(),
                new Reload(),
                new Hostile(),
                new Overload(),
                new Pacing(),
                new Limits(),
                new Throughput(),
                new Latency(),
                new ManyBinds(),
                new Allocation(),
                new Recovery(),
                new Routes(),
                new Numbers(),
                new Billing(),
                new RatingSpeed(),
                new JournalDamage(),
                new KafkaExport(),
                new Peers(),
                new Calls(),
                new CallRecords(),
                new SipHostile(),
                new Soak());
    }
}

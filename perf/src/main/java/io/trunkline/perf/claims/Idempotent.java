package io.trunkline.perf.claims;

import io.trunkline.client.ClientConfig;
import io.trunkline.client.ClientListener;
import io.trunkline.client.ClientReference;
import io.trunkline.client.Submit;
import io.trunkline.client.SubmitResult;
import io.trunkline.client.TrunklineClient;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.perf.Marker;
import io.trunkline.perf.prove.CarrierView;
import io.trunkline.perf.prove.Claim;
import io.trunkline.perf.prove.ClaimResult;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.DaemonSetup;
import io.trunkline.perf.prove.ProveContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The same references again and again, across reconnects and kill -9 (promise G5). */
final class Idempotent implements Claim {
    private static final String OTHER = "globex";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What matters here of an answer; code 0 where it was accepted. */
    private record Answer(long unitId, boolean duplicate, int code) {
        static Answer of(final SubmitResult result) {
            return result instanceof SubmitResult.Accepted accepted
                    ? new Answer(accepted.unitId(), accepted.duplicate(), 0)
                    : new Answer(
                            0, false, ((SubmitResult.Refused) result).refusal().code());
        }

        boolean accepted() {
            return code == 0;
        }
    }

    @Override
    public String name() {
        return "idempotent";
    }

    @Override
    public String describe() {
        return "submit the same references again, also after reconnect and kill -9; same ids, nothing is sent twice";
    }

    @Override
    public ClaimResult run(final ProveContext context) throws Exception {
        final int count = (int) context.option("units", 2000);
        final Stage stage = Stage.usual(context, context.option("durability", "process"));
        stage.setup().tenant(OTHER, Stage.UNLIMITED);
        final Daemon daemon = stage.start();
        final ClaimResult result = new ClaimResult().value("references", count);

        final List<Answer> first = submitAll(stage, Stage.TENANT, 1, count, "");
        final long accepted = first.stream().filter(Answer::accepted).count();
        result.require(accepted == count, "only " + accepted + " of the first submits were accepted");
        long differing = differing(first, submitAll(stage, Stage.TENANT, 1, count, ""));
        context.say("again over a new connection: %d ids differ", differing);

        daemon.kill();
        daemon.start();
        differing += differing(first, submitAll(stage, Stage.TENANT, 1, count, ""));
        context.say("again after kill -9: %d ids differ", differing);
        daemon.stop(Duration.ofSeconds(45));
        daemon.start();
        differing += differing(first, submitAll(stage, Stage.TENANT, 1, count, ""));
        context.say("again after a clean restart: %d ids differ", differing);

        final long reused = submitAll(stage, Stage.TENANT, 1, count, " and something else").stream()
                .filter(answer -> answer.code() == ErrorCode.REFERENCE_REUSED.number())
                .count();
        context.say("other content under the same references: %d refused as REFERENCE_REUSED", reused);
        final List<Answer> others = submitAll(stage, OTHER, 1, 50, "");
        final long shared = others.stream()
                .filter(answer -> !answer.accepted() || answer.duplicate())
                .count();
        daemon.stop(Duration.ofSeconds(45));

        final CarrierView carriers = stage.carrierView();
        long twice = 0;
        // The first 50 markers were sent by two tenants.
        for (long marker = 51; marker <= count; marker++) {
            twice += carriers.taken(marker, 1) > 1 ? 1 : 0;
        }
        return result.zero("idsDiffering", differing)
                .value("referenceReused", reused)
                .require(reused == count, "only " + reused + " of " + count + " with other content were refused")
                .zero("sharedBetweenTenants", shared)
                .zero("sentTwice", twice);
    }

    private static long differing(final List<Answer> first, final List<Answer> again) {
        long count = 0;
        for (int i = 0; i < first.size(); i++) {
            final Answer answer = again.get(i);
            if (!answer.accepted()
                    || !answer.duplicate()
                    || answer.unitId() != first.get(i).unitId()) {
                count++;
            }
        }
        return count;
    }

    /** Submits references {@code from} and on, all at once over a connection of its own, and waits for the answers. */
    private static List<Answer> submitAll(
            final Stage stage, final String tenant, final long from, final int count, final String tail)
            throws Exception {
        final ClientConfig config = ClientConfig.to("127.0.0.1", stage.setup().binaryPort())
                .tenant(tenant, DaemonSetup.SECRET)
                .withoutEvents()
                .maxWaiting(count)
                .build();
        try (TrunklineClient client = TrunklineClient.connect(config, new ClientListener() {})) {
            client.connected().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            final List<CompletableFuture<SubmitResult>> futures = new ArrayList<>();
            for (long unit = from; unit < from + count; unit++) {
                futures.add(client.submit(
                        Submit.of(new ClientReference(7, unit))
                                .from("12025550100")
                                .to("4915100000" + (100 + unit % 900))
                                .text(text(unit) + tail)
                                .build(),
                        PATIENCE));
            }
            final List<Answer> answers = new ArrayList<>();
            for (final CompletableFuture<SubmitResult> future : futures) {
                answers.add(Answer.of(future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)));
            }
            return answers;
        }
    }

    private static String text(final long unit) {
        final byte[] marker = new byte[Marker.LENGTH];
        Marker.write(marker, 0, unit);
        return new String(marker, StandardCharsets.US_ASCII) + " your parcel is on its way";
    }
}

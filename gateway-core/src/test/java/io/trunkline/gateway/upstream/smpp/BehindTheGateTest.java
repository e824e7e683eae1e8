package io.trunkline.gateway.upstream.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.util.concurrent.ScheduledFuture;
import io.trunkline.gateway.shard.OutputGate;
import io.trunkline.smpp.codec.CommandStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jsmpp.extra.NegativeResponseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The SMPP server with the shard's own output gate, sealed and released as the shard and its journal would. */
class BehindTheGateTest {
    private final SmppRig rig;
    private final OutputGate gate = new OutputGate(256 * 1024, () -> {});
    private final AtomicLong durable = new AtomicLong(Long.MAX_VALUE);
    private final ScheduledFuture<?> cycles;

    BehindTheGateTest() throws Exception {
        rig = new SmppRig();
        rig.gate = gate;
        cycles = rig.loop.scheduleWithFixedDelay(
                () -> {
                    gate.seal(rig.desk.units.get());
                    gate.release(durable.get());
                },
                1,
                1,
                TimeUnit.MILLISECONDS);
    }

    @AfterEach
    void close() throws Exception {
        durable.set(Long.MAX_VALUE);
        rig.runOnLoop(() -> rig.server.close());
        await().until(() -> rig.onLoop(rig.server::sessions) == 0);
        cycles.cancel(false);
        rig.close();
    }

    @Test
    void theWindowComesBackAsTheJournalBecomesDurable() throws Exception {
        try (JsmppEsme esme = JsmppEsme.transceiver(rig)) {
            for (int i = 0; i < 30; i++) {
                esme.submit("x", 0);
            }
            durable.set(30);
            final List<CompletableFuture<String>> first = submit(esme, 10);
            await().until(() -> rig.onLoop(() -> rig.counters.submitsAccepted) == 40L);
            // In another duty cycle than those before.
            final List<CompletableFuture<String>> refused = submit(esme, 2);
            await().until(() -> rig.onLoop(() -> rig.counters.overCredit) == 2L);
            assertThat(rig.desk.units).hasValue(40);
            durable.set(Long.MAX_VALUE);
            assertThat(first).allMatch(answer -> answer.join().matches("3[1-9]|40"));
            assertThat(refused).allMatch(answer -> answer.join().equals("status " + CommandStatus.ESME_RTHROTTLED));
            assertThat(submit(esme, 1).get(0).join()).isEqualTo("41");
        }
    }

    private static List<CompletableFuture<String>> submit(final JsmppEsme esme, final int count) {
        final List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            answers.add(CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return esme.submit("x", 0);
                        } catch (final NegativeResponseException e) {
                            return "status " + e.getCommandStatus();
                        } catch (final Exception e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    task -> new Thread(task).start()));
        }
        return answers;
    }
}

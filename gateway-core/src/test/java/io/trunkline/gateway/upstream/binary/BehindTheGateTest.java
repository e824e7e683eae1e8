package io.trunkline.gateway.upstream.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.shard.OutputGate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The server with the shard's own output gate, which a test seals and releases as the shard and its journal would. */
class BehindTheGateTest {
    private final BinaryRig rig;
    private final OutputGate gate = new OutputGate(256 * 1024, () -> {});

    BehindTheGateTest() throws Exception {
        rig = new BinaryRig();
        rig.gate = gate;
    }

    @AfterEach
    void close() throws Exception {
        rig.runOnLoop(() -> rig.server.close());
        cycle(Long.MAX_VALUE, Long.MAX_VALUE);
        rig.close();
    }

    private void cycle(final long position, final long durable) throws Exception {
        rig.runOnLoop(() -> {
            gate.seal(position);
            gate.release(durable);
        });
    }

    @Test
    void answersLeaveAndCreditComesBackAsTheJournalBecomesDurable() throws Exception {
        try (RawClient client = rig.connect().send(Frames.hello(BinaryRig.TENANT, BinaryRig.TOKEN))) {
            await().until(() -> rig.onLoop(() -> rig.counters.authenticated) == 1L);
            cycle(0, 0);
            client.read().welcome();
            // Two duty cycles of 50 submits each, journaled up to 50 and 100, nothing durable.
            submit(client, 1, 50);
            cycle(50, 0);
            submit(client, 51, 100);
            cycle(100, 0);
            submit(client, 101, 101);
            cycle(100, 0);
            assertThat(rig.desk.taken).hasSize(100);
            assertThat(rig.counters.overCredit).isEqualTo(1);
            // The first half is durable: 50 answers leave, 50 places come back.
            cycle(100, 50);
            for (int i = 1; i <= 50; i++) {
                assertThat(client.read().accepted().referenceLo()).isEqualTo(i);
            }
            submit(client, 102, 152);
            cycle(150, 50);
            assertThat(rig.desk.taken).hasSize(150);
            assertThat(rig.counters.overCredit).isEqualTo(2);
            cycle(150, 150);
            for (int i = 51; i <= 100; i++) {
                assertThat(client.read().accepted().referenceLo()).isEqualTo(i);
            }
            assertThat(client.read().refused().code()).isEqualTo(ErrorCode.OVER_CREDIT.number());
            for (int i = 102; i <= 151; i++) {
                assertThat(client.read().accepted().referenceLo()).isEqualTo(i);
            }
            assertThat(client.read().refused().referenceLo()).isEqualTo(152);
        }
    }

    private void submit(final RawClient client, final int from, final int to) throws Exception {
        for (int i = from; i <= to; i++) {
            client.send(Frames.submit(i));
        }
        await().until(() -> rig.onLoop(() -> rig.counters.submits) == (long) to);
    }
}

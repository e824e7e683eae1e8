package io.trunkline.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.message.Messages;
import io.trunkline.sip.message.TransportProtocol;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Streams that were meddled with, over real connections: whatever they hold, the next connection is served. */
class StreamNoiseTest {
    private static final int ROUNDS = 300;

    @Test
    void meddledStreamsHarmNobodyElse() throws IOException {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        final Loop loop = new Loop();
        final Heard there = new Heard();
        final SipTransport theirs = loop.transport(TransportLimits.DEFAULT, null, there);
        final InetSocketAddress address = loop.listen(theirs, TransportProtocol.TCP);
        for (int round = 0; round < ROUNDS; round++) {
            try (Socket socket = new Socket(address.getAddress(), address.getPort());
                    OutputStream out = socket.getOutputStream()) {
                out.write(meddled(random));
                final int accepted = round + 1;
                loop.turnUntil(() -> theirs.counters().accepted() == accepted);
            }
            loop.turnUntil(() -> theirs.connections() == 0);
        }
        there.messages.clear();
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.getOutputStream().write(Messages.octets(Messages.INVITE));
            loop.turnUntil(() -> there.messages.size() == 1);
        }
        assertThat(there.messages.get(0)).as("seed %d", seed).startsWith("NONE INVITE");
        assertThat(theirs.counters().handlerFaults()).as("seed %d", seed).isZero();
        loop.close();
    }

    private static byte[] meddled(final Random random) {
        final byte[] octets =
                (Messages.INVITE + "\n\n" + Messages.OK).replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(12); i > 0; i--) {
            octets[random.nextInt(octets.length)] = (byte)
                    (random.nextBoolean() ? random.nextInt(256) : "\r\n: l0123456789".charAt(random.nextInt(14)));
        }
        final int length = random.nextInt(3) == 0 ? random.nextInt(octets.length) : octets.length;
        return java.util.Arrays.copyOf(octets, length);
    }
}

package io.trunkline.sip.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.message.Messages;
import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.sip.mirror.MessageRing.Kept;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageRingTest {
    private static final InetSocketAddress LOCAL = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5_062);
    private static final InetSocketAddress REMOTE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5_060);
    private static final long TIME_NS = 1_600_000_000_000_000_001L;

    private long nowNs = TIME_NS;

    private void put(final MessageRing ring, final boolean received, final byte[] message) {
        ring.onMessage(received, TransportProtocol.UDP, LOCAL, REMOTE, new UnsafeBuffer(message), 0, message.length);
        nowNs += 1_000_000;
    }

    private static byte[] ok(final String callId) {
        return Messages.octets(Messages.OK.replace("9f3c@10.0.0.1", callId));
    }

    @Test
    void theLatestAreKeptWholeAndInOrderWhateverTheirLengths() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final MessageRing ring = new MessageRing(1_000, () -> nowNs);
        final List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            final byte[] message = new byte[1 + random.nextInt(random.nextInt(10) == 0 ? 1_000 : 200)];
            random.nextBytes(message);
            all.add(message);
            put(ring, true, message);
            final MessageRing.Snapshot snapshot = ring.snapshot();
            assertThat(snapshot.size()).as("seed %d", seed).isPositive();
            int total = 0;
            for (int back = 0; back < snapshot.size(); back++) {
                final byte[] kept = snapshot.get(snapshot.size() - 1 - back).octets();
                assertThat(kept).as("seed %d, message %d", seed, i).isEqualTo(all.get(all.size() - 1 - back));
                total += kept.length;
            }
            assertThat(total).isLessThanOrEqualTo(1_000);
        }
    }

    @Test
    void whatIsLargerThanTheRingIsNotKept() {
        final MessageRing ring = new MessageRing(100, () -> nowNs);
        put(ring, true, new byte[101]);
        assertThat(ring.size()).isZero();
        put(ring, true, new byte[100]);
        put(ring, true, new byte[100]);
        assertThat(ring.size()).isEqualTo(1);
    }

    @Test
    void aSnapshotStaysAsItWas() {
        final MessageRing ring = new MessageRing(100, () -> nowNs);
        put(ring, true, new byte[] {1, 2, 3});
        final MessageRing.Snapshot snapshot = ring.snapshot();
        put(ring, false, new byte[100]);

        assertThat(snapshot.size()).isEqualTo(1);
        final Kept kept = snapshot.get(0);
        assertThat(kept.octets()).containsExactly(1, 2, 3);
        assertThat(kept.timeNs()).isEqualTo(TIME_NS);
    }

    @Test
    void theMessagesOfACallAreWrittenAndNoOthers() throws IOException {
        final MessageRing ring = new MessageRing(100_000, () -> nowNs);
        put(ring, true, ok("one"));
        put(ring, true, ok("two"));
        put(ring, false, ok("three"));
        put(ring, true, "no SIP at all".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        final ByteArrayOutputStream file = new ByteArrayOutputStream();

        assertThat(new PcapFile(file).write(ring.snapshot(), Set.of("one", "three")))
                .isEqualTo(2);
        final int ip = 20;
        final int udp = 8;
        assertThat(file.size()).isEqualTo(24 + 2 * (16 + ip + udp) + ok("one").length + ok("three").length);
    }

    @Test
    void tcpdumpReadsTheFile(@TempDir final Path directory) throws IOException, InterruptedException {
        final Path tcpdump = Path.of("/usr/bin/tcpdump");
        Assumptions.assumeTrue(Files.isExecutable(tcpdump), "tcpdump is not installed");
        final MessageRing ring = new MessageRing(100_000, () -> nowNs);
        put(ring, true, ok("one"));
        put(ring, false, ok("one"));
        ring.onMessage(
                true,
                TransportProtocol.TLS,
                new InetSocketAddress(InetAddress.getByName("2001:db8::1"), 5_061),
                new InetSocketAddress(InetAddress.getByName("2001:db8::2"), 40_000),
                new UnsafeBuffer(ok("one")),
                0,
                ok("one").length);
        final Path file = directory.resolve("call.pcap");
        try (java.io.OutputStream out = Files.newOutputStream(file)) {
            assertThat(new PcapFile(out).write(ring.snapshot(), Set.of("one"))).isEqualTo(3);
        }
        final Path output = directory.resolve("tcpdump.txt");
        final Process process = new ProcessBuilder(tcpdump.toString(), "-nn", "-tt", "-v", "-r", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        final String text = Files.readString(output);

        assertThat(text)
                .contains("1600000000.000000")
                .doesNotContain("bad cksum")
                .doesNotContain("truncated");
        assertThat(text).contains("127.0.0.1.5060 > 127.0.0.1.5062: ").contains("127.0.0.1.5062 > 127.0.0.1.5060: ");
        assertThat(text).contains("2001:db8::2.40000 > 2001:db8::1.5061: ");
        assertThat(text.split("SIP/2.0 200 OK", -1))
                .as("tcpdump's own SIP printer")
                .hasSizeGreaterThan(2);
    }
}

package io.trunkline.gateway.upstream.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trunkline.client.FrameValidator;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.upstream.codec.CreditDecoder;
import io.trunkline.upstream.codec.PongDecoder;
import io.trunkline.upstream.codec.SubmitMessageDecoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostileFramesTest {
    private static final int SCHEMA = 741;
    private static final int SUBMIT = SubmitMessageDecoder.TEMPLATE_ID;
    private static final int SUBMIT_BLOCK = SubmitMessageDecoder.BLOCK_LENGTH;

    private final BinaryRig rig;

    HostileFramesTest() throws Exception {
        rig = new BinaryRig();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private static Map<String, byte[]> malformed() {
        final Map<String, byte[]> frames = new LinkedHashMap<>();
        frames.put("length 0", Frames.lengthOnly(0, 0));
        frames.put("length 7", Frames.lengthOnly(7, 7));
        frames.put("length -1", Frames.lengthOnly(-1, 0));
        frames.put("length 2^31-1", Frames.lengthOnly(Integer.MAX_VALUE, 0));
        frames.put("length -2^31", Frames.lengthOnly(Integer.MIN_VALUE, 0));
        frames.put("length over the limit", Frames.lengthOnly(FrameValidator.MAX_LENGTH + 1, 0));
        frames.put("another schema", Frames.raw(SUBMIT_BLOCK, SUBMIT, 740, 1));
        frames.put("version 0", Frames.raw(SUBMIT_BLOCK, SUBMIT, SCHEMA, 0));
        frames.put("block too short", Frames.raw(SUBMIT_BLOCK - 1, SUBMIT, SCHEMA, 1));
        frames.put("block over the frame", patched(Frames.submit(1), 4, 0xFF, 0xFF));
        frames.put("data fields missing", Frames.raw(SUBMIT_BLOCK, SUBMIT, SCHEMA, 1));
        frames.put("data over the frame", patched(Frames.submit(1), 12 + SUBMIT_BLOCK, 0xFF, 0x7F));
        frames.put("http", "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        frames.put("tls hello", new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xFC, 3, 3});
        return frames;
    }

    private static byte[] patched(final byte[] frame, final int at, final int... bytes) {
        final byte[] patched = frame.clone();
        for (int i = 0; i < bytes.length; i++) {
            patched[at + i] = (byte) bytes[i];
        }
        return patched;
    }

    @Test
    void eachMalformedFrameEndsOnlyItsOwnConnectionAndSaysSo() throws Exception {
        try (RawClient bystander = rig.open()) {
            long ends = 0;
            for (final Map.Entry<String, byte[]> entry : malformed().entrySet()) {
                try (RawClient client = rig.open()) {
                    client.send(Frames.submit(++ends), entry.getValue());
                    assertThat(client.read().accepted().referenceLo())
                            .as(entry.getKey())
                            .isEqualTo(ends);
                    assertThat(client.read().goodbye().code())
                            .as(entry.getKey())
                            .isEqualTo(ErrorCode.MALFORMED.number());
                    assertThat(client.read()).as(entry.getKey()).isEqualTo(RawClient.Frame.END);
                }
                try (RawClient client = rig.connect().send(entry.getValue())) {
                    assertThat(client.read().goodbye().code())
                            .as("before Hello: " + entry.getKey())
                            .isEqualTo(ErrorCode.MALFORMED.number());
                    assertThat(client.read()).isEqualTo(RawClient.Frame.END);
                }
                bystander.send(Frames.ping(ends));
                assertThat(bystander.read().templateId()).isEqualTo(PongDecoder.TEMPLATE_ID);
            }
            assertThat(rig.counters.malformed).isEqualTo(2L * malformed().size());
        }
    }

    @Test
    void aFrameOfHandshakeSizeIsTheMostThatAStrangerMaySend() throws Exception {
        try (RawClient client = rig.connect().send(Frames.lengthOnly(FrameValidator.HANDSHAKE_MAX_LENGTH + 1, 0))) {
            assertThat(client.read().goodbye().code()).isEqualTo(ErrorCode.MALFORMED.number());
        }
    }

    @Test
    void passesOverATemplateItDoesNotKnowAndRefusesOneThatIsTheServers() throws Exception {
        try (RawClient client = rig.open()) {
            client.send(Frames.raw(24, 99, SCHEMA, 2), Frames.submit(1));
            assertThat(client.read().accepted().referenceLo()).isEqualTo(1);
            assertThat(rig.counters.unknownSkipped).isEqualTo(1);
            client.send(Frames.raw(CreditDecoder.BLOCK_LENGTH, CreditDecoder.TEMPLATE_ID, SCHEMA, 1));
            assertThat(client.read().goodbye().code()).isEqualTo(ErrorCode.WRONG_STATE.number());
        }
        try (RawClient client = rig.connect().send(Frames.raw(24, 99, SCHEMA, 2))) {
            assertThat(client.read().goodbye().code()).isEqualTo(ErrorCode.WRONG_STATE.number());
        }
    }

    @Test
    void takesASubmitOfANewerVersionWithFieldsThatItDoesNotKnow() throws Exception {
        final byte[] old = Frames.submit(5);
        final int added = 6;
        // The version after ours, with six more bytes of block and one more data field.
        final byte[] newer = new byte[old.length + added + 3];
        final int blockEnd = 12 + SUBMIT_BLOCK;
        System.arraycopy(old, 0, newer, 0, blockEnd);
        System.arraycopy(old, blockEnd, newer, blockEnd + added, old.length - blockEnd);
        newer[newer.length - 3] = 1;
        final int length = newer.length - 4;
        newer[0] = (byte) length;
        newer[1] = (byte) (length >> 8);
        newer[4] = (byte) (SUBMIT_BLOCK + added);
        newer[10] = SubmitMessageDecoder.SCHEMA_VERSION + 1;
        try (RawClient client = rig.open().send(newer)) {
            assertThat(client.read().accepted().referenceLo()).isEqualTo(5);
            assertThat(rig.desk.taken.poll().to()).isEqualTo("491701234567");
        }
    }

    @Test
    void whatComesAfterAMalformedFrameIsNotRead() throws Exception {
        try (RawClient client = rig.open()) {
            client.send(Frames.lengthOnly(0, 0), Frames.submit(1));
            assertThat(client.read().goodbye().code()).isEqualTo(ErrorCode.MALFORMED.number());
            assertThat(client.read()).isEqualTo(RawClient.Frame.END);
        }
        assertThat(rig.desk.taken).isEmpty();
    }

    @Test
    void mutatedStreamsNeverDisturbABystander() throws Exception {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        try (RawClient bystander = rig.open()) {
            for (int round = 0; round < 150; round++) {
                final byte[] stream = mutated(random);
                try (RawClient client = random.nextInt(4) == 0 ? rig.connect() : rig.open()) {
                    sendInPieces(client, stream, random);
                    client.socket.shutdownOutput();
                    drain(client, seed, round);
                } catch (final IOException reset) {
                    // The server may close while this side still writes: that is its right.
                }
                bystander.send(Frames.ping(round));
                assertThat(bystander.read().templateId())
                        .as("seed %d, round %d", seed, round)
                        .isEqualTo(PongDecoder.TEMPLATE_ID);
            }
        }
        await().until(() -> rig.onLoop(rig.server::sessions) == 0);
        assertThat(rig.onLoop(() -> rig.server.caps().total())).isZero();
    }

    private static byte[] mutated(final Random random) {
        final List<byte[]> frames = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            frames.add(
                    switch (random.nextInt(6)) {
                        case 0 -> Frames.submit(random.nextLong());
                        case 1 -> Frames.ping(random.nextLong());
                        case 2 -> Frames.eventAck(random.nextInt(3));
                        case 3 -> Frames.cancel(random.nextLong());
                        case 4 -> Frames.hello(BinaryRig.TENANT, BinaryRig.TOKEN);
                        default -> Frames.conversion(1, 1);
                    });
        }
        final byte[] stream = Frames.join(frames.toArray(byte[][]::new));
        for (int flips = random.nextInt(5); flips > 0; flips--) {
            stream[random.nextInt(stream.length)] = (byte) random.nextInt(256);
        }
        return random.nextBoolean() ? stream : java.util.Arrays.copyOf(stream, random.nextInt(stream.length + 1));
    }

    private static void sendInPieces(final RawClient client, final byte[] stream, final Random random)
            throws IOException {
        int at = 0;
        while (at < stream.length) {
            final int end = Math.min(stream.length, at + 1 + random.nextInt(80));
            client.send(java.util.Arrays.copyOfRange(stream, at, end));
            at = end;
        }
    }

    private static void drain(final RawClient client, final long seed, final int round) throws IOException {
        client.socket.setSoTimeout(10_000);
        try {
            while (!RawClient.Frame.END.equals(client.read())) {
                // Whatever it answers, it is a whole frame: read() would say otherwise.
            }
        } catch (final java.net.SocketTimeoutException e) {
            throw new AssertionError("seed " + seed + ", round " + round + ": left open without an answer", e);
        }
    }
}

package io.trunkline.perf.claims;

import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.perf.claims.Attacks.Attack;
import io.trunkline.perf.wire.RawUpstream;
import io.trunkline.perf.wire.RawUpstream.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What a hostile peer tries on a listener of the binary protocol, and what docs/upstream-protocol.md wants answered. */
final class UpstreamAttacks {
    private static final Duration SOON = Duration.ofSeconds(4);
    private static final int[] LENGTHS = {0, 7, 15, Integer.MAX_VALUE, Integer.MIN_VALUE, -1};

    private final int port;
    private final String user;
    private final String secret;
    private final Random random;

    UpstreamAttacks(final int port, final String user, final String secret, final long seed) {
        this.port = port;
        this.user = user;
        this.secret = secret;
        this.random = new Random(seed);
    }

    List<Attack> all() {
        final List<Attack> attacks = new ArrayList<>();
        attacks.add(new Attack("garbage before Hello", this::garbage));
        for (final int length : LENGTHS) {
            attacks.add(new Attack("length " + length + " before Hello", () -> lengthBomb(length, false)));
            attacks.add(new Attack("length " + length + " after Hello", () -> lengthBomb(length, true)));
        }
        attacks.add(new Attack("submit before Hello", this::submitBeforeHello));
        attacks.add(new Attack("wrong token", this::wrongToken));
        attacks.add(new Attack("slow-loris", this::slowLoris));
        attacks.add(new Attack("unknown template", this::unknownTemplate));
        attacks.add(new Attack("field over the end", this::fieldOverrun));
        attacks.add(new Attack("bytes behind the end", this::trailingBytes));
        attacks.add(new Attack("second Hello", this::secondHello));
        attacks.add(new Attack("acknowledgement without events", this::ackWithoutEvents));
        attacks.add(new Attack("body that is not UTF-8", this::notUtf8));
        attacks.add(new Attack("split at every byte", this::split));
        attacks.add(new Attack("fifty at once", this::coalesced));
        return attacks;
    }

    private RawUpstream open() throws IOException {
        final RawUpstream peer = RawUpstream.connect(port);
        final Frame answer = peer.hello(user, secret);
        if (answer.template() != RawUpstream.WELCOME) {
            peer.close();
            throw new IOException("an honest Hello was answered with template " + answer.template());
        }
        return peer;
    }

    private static String alive(final RawUpstream peer) throws IOException {
        peer.send(RawUpstream.pingFrame(4711));
        final Optional<Frame> answer = peer.read(SOON);
        return answer.isPresent()
                        && answer.get().template() == RawUpstream.PONG
                        && answer.get().nonce() == 4711
                ? null
                : "the session no longer answers";
    }

    /** Goodbye with this code and then the end; the end alone where the peer never said who it is. */
    private static String dismissed(final RawUpstream peer, final ErrorCode code, final boolean goodbyeNeeded)
            throws IOException {
        final Optional<Frame> answer = peer.read(SOON);
        if (answer.isEmpty()) {
            return goodbyeNeeded ? "closed without a Goodbye" : null;
        }
        if (answer.get().template() != RawUpstream.GOODBYE || answer.get().code() != code.number()) {
            return "answered with template " + answer.get().template() + " code "
                    + answer.get().code();
        }
        return peer.read(SOON).isEmpty() ? null : "not closed after Goodbye";
    }

    private String garbage() throws IOException {
        final byte[] bytes = new byte[64 + random.nextInt(400)];
        random.nextBytes(bytes);
        // A length that is wrong for sure: the highest byte of a little-endian int32.
        bytes[3] = (byte) (0x40 | random.nextInt(64));
        try (RawUpstream peer = RawUpstream.connect(port)) {
            peer.send(bytes);
            return dismissed(peer, ErrorCode.MALFORMED, false);
        }
    }

    private String lengthBomb(final int length, final boolean afterHello) throws IOException {
        try (RawUpstream peer = afterHello ? open() : RawUpstream.connect(port)) {
            final byte[] bytes = RawUpstream.pingFrame(1);
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(0, length);
            peer.send(bytes);
            return dismissed(peer, ErrorCode.MALFORMED, afterHello);
        }
    }

    private String submitBeforeHello() throws IOException {
        try (RawUpstream peer = RawUpstream.connect(port)) {
            peer.send(RawUpstream.submitFrame(1, "491511234567", new byte[] {'x'}));
            final Optional<Frame> answer = peer.read(SOON);
            if (answer.isPresent() && answer.get().template() != RawUpstream.GOODBYE) {
                return "answered with template " + answer.get().template();
            }
            return answer.isEmpty() || peer.read(SOON).isEmpty() ? null : "not closed";
        }
    }

    private String wrongToken() throws IOException {
        try (RawUpstream peer = RawUpstream.connect(port)) {
            final Frame answer = peer.hello(user, "guess" + random.nextInt(1000));
            if (answer.template() != RawUpstream.REJECT || answer.code() != ErrorCode.NOT_AUTHENTICATED.number()) {
                return "answered with template " + answer.template() + " code " + answer.code();
            }
            return peer.read(SOON).isEmpty() ? null : "not closed";
        }
    }

    private String slowLoris() throws IOException {
        final List<RawUpstream> peers = new ArrayList<>();
        try {
            for (int i = 0; i < 30; i++) {
                final RawUpstream peer = RawUpstream.connect(port);
                peers.add(peer);
                peer.send(new byte[] {40, 0});
            }
            for (final RawUpstream peer : peers) {
                // Whatever is said goodbye with, the end must come.
                final Optional<Frame> farewell = peer.read(SOON);
                if (farewell.isPresent() && !peer.read(SOON).isEmpty()) {
                    return "not closed";
                }
            }
            return null;
        } finally {
            for (final RawUpstream peer : peers) {
                peer.close();
            }
        }
    }

    private String unknownTemplate() throws IOException {
        try (RawUpstream peer = open()) {
            peer.send(RawUpstream.frame(9999, 4, new byte[40]));
            return alive(peer);
        }
    }

    private String fieldOverrun() throws IOException {
        try (RawUpstream peer = open()) {
            final byte[] submit = RawUpstream.submitFrame(2, "491511234567", new byte[] {'x'});
            // The length of `from`, the first variable field.
            submit[4 + 8 + 41] = (byte) 0xFF;
            submit[4 + 8 + 41 + 1] = (byte) 0x7F;
            peer.send(submit);
            return dismissed(peer, ErrorCode.MALFORMED, true);
        }
    }

    private String trailingBytes() throws IOException {
        try (RawUpstream peer = open()) {
            final byte[] ping = RawUpstream.pingFrame(3);
            final byte[] longer = Arrays.copyOf(ping, ping.length + 5);
            longer[0] = (byte) (longer[0] + 5);
            peer.send(longer);
            return dismissed(peer, ErrorCode.MALFORMED, true);
        }
    }

    private String secondHello() throws IOException {
        try (RawUpstream peer = open()) {
            peer.send(RawUpstream.helloFrame(user, secret));
            return dismissed(peer, ErrorCode.of(1007), true);
        }
    }

    private String ackWithoutEvents() throws IOException {
        try (RawUpstream peer = open()) {
            peer.send(RawUpstream.frame(RawUpstream.EVENT_ACK, 8, new byte[8]));
            return dismissed(peer, ErrorCode.of(1007), true);
        }
    }

    private String notUtf8() throws IOException {
        try (RawUpstream peer = open()) {
            peer.send(RawUpstream.submitFrame(
                    random.nextLong() | 1, "491511234567", new byte[] {(byte) 0xC3, (byte) 0x28, (byte) 0xFF}));
            final Optional<Frame> answer = peer.read(SOON);
            if (answer.isEmpty() || answer.get().template() != RawUpstream.SUBMIT_REFUSED) {
                return "answered with " + answer.map(Frame::template);
            }
            return answer.get().refusalCode() == ErrorCode.INVALID_BODY.number()
                    ? alive(peer)
                    : "refused with " + answer.get().refusalCode();
        }
    }

    private String split() throws IOException {
        try (RawUpstream peer = RawUpstream.connect(port)) {
            for (final byte each : RawUpstream.helloFrame(user, secret)) {
                peer.send(new byte[] {each});
            }
            final Optional<Frame> answer = peer.read(SOON);
            if (answer.isEmpty() || answer.get().template() != RawUpstream.WELCOME) {
                return "Hello was answered with " + answer.map(Frame::template);
            }
            for (final byte each : RawUpstream.pingFrame(8)) {
                peer.send(new byte[] {each});
            }
            return peer.read(SOON).map(Frame::template).orElse(0) == RawUpstream.PONG ? alive(peer) : "no Pong";
        }
    }

    private String coalesced() throws IOException {
        try (RawUpstream peer = open()) {
            final ByteBuffer all = ByteBuffer.allocate(50 * 64);
            for (int i = 0; i < 50; i++) {
                all.put(RawUpstream.pingFrame(i));
            }
            peer.send(Arrays.copyOf(all.array(), all.position()));
            for (int i = 0; i < 50; i++) {
                final Optional<Frame> answer = peer.read(SOON);
                if (answer.isEmpty() || answer.get().nonce() != i) {
                    return "Pong " + i + " was wrong";
                }
            }
            return alive(peer);
        }
    }
}

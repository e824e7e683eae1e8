package io.trunkline.perf.claims;

import static io.trunkline.perf.wire.RawSmpp.BIND_TRANSCEIVER;
import static io.trunkline.perf.wire.RawSmpp.ENQUIRE_LINK;
import static io.trunkline.perf.wire.RawSmpp.GENERIC_NACK;
import static io.trunkline.perf.wire.RawSmpp.RESPONSE;
import static io.trunkline.perf.wire.RawSmpp.SUBMIT_SM;

import io.trunkline.perf.claims.Attacks.Attack;
import io.trunkline.perf.wire.RawSmpp;
import io.trunkline.perf.wire.RawSmpp.Pdu;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What a hostile ESME tries on an SMPP listener, and what SMPP 3.4 wants it to be answered. */
final class SmppAttacks {
    private static final Duration SOON = Duration.ofSeconds(4);
    private static final int[] LENGTHS = {0, 15, Integer.MAX_VALUE, Integer.MIN_VALUE, -1};
    private static final int INVALID_BIND_STATUS = 0x04;
    private static final int INVALID_COMMAND_LENGTH = 0x02;
    private static final int INVALID_COMMAND_ID = 0x03;
    private static final String TO = "491511234567";

    private final int port;
    private final String user;
    private final String secret;
    private final Random random;

    SmppAttacks(final int port, final String user, final String secret, final long seed) {
        this.port = port;
        this.user = user;
        this.secret = secret;
        this.random = new Random(seed);
    }

    List<Attack> all() {
        final List<Attack> attacks = new ArrayList<>();
        attacks.add(new Attack("garbage before bind", this::garbage));
        for (final int length : LENGTHS) {
            attacks.add(new Attack("length " + length + " before bind", () -> lengthBomb(length, false)));
            attacks.add(new Attack("length " + length + " after bind", () -> lengthBomb(length, true)));
        }
        attacks.add(new Attack("submit before bind", this::submitBeforeBind));
        attacks.add(new Attack("bind without NUL", this::bindWithoutNul));
        attacks.add(new Attack("wrong password", this::wrongPassword));
        attacks.add(new Attack("slow-loris", this::slowLoris));
        attacks.add(new Attack("unknown command", this::unknownCommand));
        attacks.add(new Attack("TLV overrun", this::tlvOverrun));
        attacks.add(new Attack("submit without NULs", this::submitWithoutNul));
        attacks.add(new Attack("sm_length over the end", this::shortMessageOverrun));
        attacks.add(new Attack("split at every byte", this::splitSubmit));
        attacks.add(new Attack("fifty at once", this::coalesced));
        attacks.add(new Attack("answers to nothing", this::answersToNothing));
        attacks.add(new Attack("thousands of TLVs", this::manyTlvs));
        return attacks;
    }

    private RawSmpp bound() throws IOException {
        final RawSmpp esme = RawSmpp.connect(port);
        final Pdu answer = esme.bind(BIND_TRANSCEIVER, user, secret);
        if (answer.status() != 0) {
            esme.close();
            throw new IOException("an honest bind was refused with " + hex(answer.status()));
        }
        return esme;
    }

    /** Null where the session still answers, else the complaint. */
    private static String alive(final RawSmpp esme) throws IOException {
        final int number = esme.nextSequence();
        esme.send(RawSmpp.pdu(ENQUIRE_LINK, 0, number, new byte[0]));
        final Pdu answer = esme.readUntil(ENQUIRE_LINK | RESPONSE, SOON);
        return answer.sequence() == number ? null : "enquire_link_resp of another sequence";
    }

    private String garbage() throws IOException {
        final byte[] bytes = new byte[64 + random.nextInt(400)];
        random.nextBytes(bytes);
        // A length that is wrong for sure.
        bytes[0] = (byte) (0x40 | random.nextInt(64));
        try (RawSmpp peer = RawSmpp.connect(port)) {
            peer.send(bytes);
            return peer.closedWithin(SOON) ? null : "not closed";
        }
    }

    private String lengthBomb(final int length, final boolean afterBind) throws IOException {
        try (RawSmpp peer = afterBind ? bound() : RawSmpp.connect(port)) {
            peer.send(ByteBuffer.allocate(16)
                    .putInt(length)
                    .putInt(SUBMIT_SM)
                    .putInt(0)
                    .putInt(9)
                    .array());
            final Optional<Pdu> answer = answer(peer);
            if (answer.isPresent()
                    && (answer.get().command() != GENERIC_NACK || answer.get().status() != INVALID_COMMAND_LENGTH)) {
                return "answered with " + answer.get();
            }
            return answer.isEmpty() || peer.closedWithin(SOON) ? null : "not closed";
        }
    }

    private String submitBeforeBind() throws IOException {
        try (RawSmpp peer = RawSmpp.connect(port)) {
            peer.submit(TO, "hello");
            final Optional<Pdu> answer = peer.read(SOON);
            return answer.isPresent()
                            && answer.get().command() == (SUBMIT_SM | RESPONSE)
                            && answer.get().status() == INVALID_BIND_STATUS
                    ? null
                    : "answered with " + answer;
        }
    }

    private String bindWithoutNul() throws IOException {
        try (RawSmpp peer = RawSmpp.connect(port)) {
            final byte[] body = new byte[40];
            Arrays.fill(body, (byte) 'x');
            peer.send(RawSmpp.pdu(BIND_TRANSCEIVER, 0, 1, body));
            final Optional<Pdu> answer = peer.read(SOON);
            return answer.isEmpty() || answer.get().status() != 0 ? null : "bound";
        }
    }

    private String wrongPassword() throws IOException {
        try (RawSmpp peer = RawSmpp.connect(port)) {
            final Pdu answer = peer.bind(BIND_TRANSCEIVER, user, "guess" + random.nextInt(1000));
            if (answer.command() != (BIND_TRANSCEIVER | RESPONSE) || answer.status() == 0) {
                return "answered with " + answer;
            }
            return peer.closedWithin(SOON) ? null : "not closed";
        }
    }

    /** Many connections, a byte each and then nothing: all are closed in time. */
    private String slowLoris() throws IOException {
        final List<RawSmpp> peers = new ArrayList<>();
        try {
            for (int i = 0; i < 30; i++) {
                final RawSmpp peer = RawSmpp.connect(port);
                peers.add(peer);
                peer.send(new byte[] {0});
            }
            for (final RawSmpp peer : peers) {
                if (!peer.closedWithin(SOON)) {
                    return "not closed";
                }
            }
            return null;
        } finally {
            for (final RawSmpp peer : peers) {
                peer.close();
            }
        }
    }

    private String unknownCommand() throws IOException {
        try (RawSmpp esme = bound()) {
            final int number = esme.nextSequence();
            esme.send(RawSmpp.pdu(0x0000FEED, 0, number, new byte[7]));
            final Pdu answer = esme.readUntil(GENERIC_NACK, SOON);
            if (answer.status() != INVALID_COMMAND_ID || answer.sequence() != number) {
                return "answered with " + answer;
            }
            return alive(esme);
        }
    }

    private String tlvOverrun() throws IOException {
        try (RawSmpp esme = bound()) {
            final byte[] submit = RawSmpp.submitPdu(esme.nextSequence(), TO, text("tlv"), 0);
            final byte[] longer = Arrays.copyOf(submit, submit.length + 6);
            ByteBuffer.wrap(longer)
                    .putInt(0, longer.length)
                    .putShort(submit.length, (short) 0x0424)
                    .putShort(submit.length + 2, (short) 0x7FFF);
            esme.send(longer);
            // To take the message without the TLV or to refuse it are both right; silence is not.
            return esme.readUntil(SUBMIT_SM | RESPONSE, SOON) == null ? "no answer" : alive(esme);
        }
    }

    private String submitWithoutNul() throws IOException {
        try (RawSmpp esme = bound()) {
            final byte[] body = new byte[60];
            Arrays.fill(body, (byte) '7');
            esme.send(RawSmpp.pdu(SUBMIT_SM, 0, esme.nextSequence(), body));
            return refused(esme);
        }
    }

    private String shortMessageOverrun() throws IOException {
        try (RawSmpp esme = bound()) {
            final byte[] submit = RawSmpp.submitPdu(esme.nextSequence(), TO, text("short"), 0);
            submit[submit.length - 6] = (byte) 200;
            esme.send(submit);
            return refused(esme);
        }
    }

    /** What comes next, receipts of earlier messages passed over: this account has other sessions. */
    private static Optional<Pdu> answer(final RawSmpp esme) throws IOException {
        Optional<Pdu> answer = esme.read(SOON);
        while (answer.isPresent() && answer.get().command() == RawSmpp.DELIVER_SM) {
            answer = esme.read(SOON);
        }
        return answer;
    }

    private static String refused(final RawSmpp esme) throws IOException {
        final Optional<Pdu> answer = answer(esme);
        if (answer.isEmpty()) {
            return "closed";
        }
        final boolean right = (answer.get().command() == (SUBMIT_SM | RESPONSE)
                        || answer.get().command() == GENERIC_NACK)
                && answer.get().status() != 0;
        return right ? alive(esme) : "answered with " + answer.get();
    }

    private String splitSubmit() throws IOException {
        try (RawSmpp esme = bound()) {
            final byte[] submit = RawSmpp.submitPdu(esme.nextSequence(), TO, text("split"), 0);
            for (final byte each : submit) {
                esme.send(new byte[] {each});
            }
            final Pdu answer = esme.readUntil(SUBMIT_SM | RESPONSE, SOON);
            return answer.status() == 0 ? alive(esme) : "refused with " + hex(answer.status());
        }
    }

    private String coalesced() throws IOException {
        try (RawSmpp esme = bound()) {
            final ByteBuffer all = ByteBuffer.allocate(50 * 200);
            for (int i = 0; i < 50; i++) {
                all.put(RawSmpp.submitPdu(esme.nextSequence(), TO, text("many"), 0));
            }
            esme.send(Arrays.copyOf(all.array(), all.position()));
            for (int i = 0; i < 50; i++) {
                final Pdu answer = esme.readUntil(SUBMIT_SM | RESPONSE, SOON);
                if (answer.status() != 0) {
                    return "refused with " + hex(answer.status());
                }
            }
            return alive(esme);
        }
    }

    private String answersToNothing() throws IOException {
        try (RawSmpp esme = bound()) {
            esme.send(RawSmpp.pdu(RawSmpp.DELIVER_SM | RESPONSE, 0, 0x7ABCDEF, new byte[1]));
            esme.send(RawSmpp.pdu(GENERIC_NACK, 3, 0, new byte[0]));
            esme.send(RawSmpp.pdu(SUBMIT_SM | RESPONSE, 0, 5, new byte[0]));
            return alive(esme);
        }
    }

    private String manyTlvs() throws IOException {
        try (RawSmpp esme = bound()) {
            final byte[] submit = RawSmpp.submitPdu(esme.nextSequence(), TO, text("tlvs"), 0);
            final ByteBuffer longer = ByteBuffer.allocate(submit.length + 4 * 5000);
            longer.put(submit);
            for (int i = 0; i < 5000; i++) {
                longer.putShort((short) (0x1400 + i % 0x1000)).putShort((short) 0);
            }
            longer.putInt(0, longer.capacity());
            esme.send(longer.array());
            return esme.readUntil(SUBMIT_SM | RESPONSE, SOON) == null ? "no answer" : alive(esme);
        }
    }

    private static byte[] text(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String hex(final int status) {
        return "0x" + Integer.toHexString(status);
    }
}

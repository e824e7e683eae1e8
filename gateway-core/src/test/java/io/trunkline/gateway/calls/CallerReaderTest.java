package io.trunkline.gateway.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.SipIdentity;
import io.trunkline.gateway.config.SipNumbers;
import io.trunkline.gateway.config.SipTrunk;
import io.trunkline.sip.call.FailoverPolicy;
import io.trunkline.sip.call.LegPolicy;
import io.trunkline.sip.message.MessageIndexer;
import io.trunkline.sip.message.SipFault;
import io.trunkline.sip.message.SipLimits;
import io.trunkline.sip.message.SipMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** No octets of a peer's make more of a request than it is: what is read of it are digits, as many as a number may have. */
class CallerReaderTest {
    private static final int ROUNDS = 50_000;
    private static final String REQUEST = """
            MESSAGE sip:0301234567;npdi@edge.example SIP/2.0
            Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1;rport
            Max-Forwards: 70
            From: "A \\" B" <sip:+493011111@carrier.example;user=phone>;tag=1
            To: <sip:0301234567@edge.example>
            Call-ID: 1@192.0.2.1
            CSeq: 1 MESSAGE
            P-Asserted-Identity: <sip:alice@x>, <tel:+49-30-(22222)>
            Remote-Party-ID: "B" <sip:03033333@x>;party=calling;privacy=full
            Diversion: <sip:03044444@x>;reason=user-busy;counter=1
            History-Info: <sip:03055555@x>;index=1, <sip:0301234567@x>;index=1.1
            Privacy: id;critical
            Expires: 60
            Content-Type: text/plain;charset="iso-8859-1"
            Content-Length: 5

            hello""".replace("\n", "\r\n");

    static Peer peer() {
        final SipNumbers numbers = new SipNumbers("+", List.of("+", "00"), "49", "0", SipNumbers.Form.NATIONAL);
        final SipIdentity identity = new SipIdentity(
                SipIdentity.Asserted.CALLER,
                false,
                true,
                List.of(),
                SipIdentity.Signature.REMOVE,
                true,
                SipIdentity.Asserted.CALLER,
                SipIdentity.Diverted.BOTH);
        return new Peer(
                new Peer.Identity(
                        0,
                        1,
                        1,
                        "carrier",
                        "one",
                        "carrier.example",
                        new Numbering(numbers),
                        identity,
                        SipTrunk.Verify.OFF,
                        LegPolicy.DEFAULT,
                        LegPolicy.DEFAULT,
                        FailoverPolicy.DEFAULT,
                        0,
                        Duration.ofHours(1),
                        new Senders(List.of("*")),
                        Optional.empty(),
                        new PrefixSet(List.of()),
                        false,
                        true,
                        null,
                        null),
                null,
                null);
    }

    private static String digits(final UnsafeBuffer buffer, final int length) {
        return buffer.getStringWithoutLengthAscii(0, length);
    }

    @Test
    void aRequestIsReadAsItSays() {
        final LiveCall call = new LiveCall();
        final Peer peer = peer();
        call.begin(null, peer);
        final SipMessage message = index(REQUEST.getBytes(StandardCharsets.ISO_8859_1));

        assertThat(new CallerReader().read(message, call, peer)).isTrue();
        assertThat(digits(call.to, call.toLength)).isEqualTo("49301234567");
        assertThat(digits(call.from, call.fromLength)).isEqualTo("493022222");
        assertThat(digits(call.diverter, call.diverterLength)).isEqualTo("493044444");
        assertThat(call.diversionReason).isEqualTo("user-busy");
        assertThat(call.isPrivate).isTrue();
        assertThat(call.asserted).isTrue();
    }

    @Test
    void whateverAPeerSendsOnlyNumbersAreReadOfIt() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final byte[] original = REQUEST.getBytes(StandardCharsets.ISO_8859_1);
        final CallerReader callers = new CallerReader();
        final MessageReader messages = new MessageReader();
        final LiveCall call = new LiveCall();
        final Peer peer = peer();
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            final byte[] octets = original.clone();
            for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
                final int at = random.nextInt(octets.length);
                octets[at] =
                        random.nextBoolean() ? original[random.nextInt(original.length)] : (byte) random.nextInt(256);
            }
            final SipMessage message = index(octets);
            if (message.fault() != SipFault.NONE) {
                continue;
            }
            call.begin(null, peer);
            if (callers.read(message, call, peer)) {
                read++;
                for (final String number : List.of(
                        digits(call.to, call.toLength),
                        digits(call.from, call.fromLength),
                        digits(call.diverter, call.diverterLength))) {
                    assertThat(number).as("seed %d", seed).matches("[0-9]{0,15}");
                }
                if (messages.read(message)) {
                    messages.address(message, call);
                    messages.referenceHi(message);
                    messages.ucs2(call);
                }
            }
        }
        assertThat(read).as("seed %d", seed).isGreaterThan(ROUNDS / 20);
    }

    private static SipMessage index(final byte[] octets) {
        final SipMessage message = new SipMessage(SipLimits.DEFAULT);
        new MessageIndexer(SipLimits.DEFAULT).indexDatagram(new UnsafeBuffer(octets), 0, octets.length, message);
        return message;
    }
}

package io.trunkline.gateway.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.message.PeerAddress;
import io.trunkline.sip.message.Range;
import io.trunkline.sip.message.SipUri;
import io.trunkline.sip.transaction.Hop;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where requests in a dialog go, by where it was made and what Contact names. */
class DialogWaysTest {
    private record Way(String host, int port, boolean isReliable) implements Hop {
        @Override
        public PeerAddress peer() {
            return new PeerAddress(host, port);
        }

        @Override
        public Hop withPort(final int other) {
            return new Way(host, other, isReliable);
        }
    }

    private final DialogWays ways = new DialogWays();

    private static SipUri uri(final String text) {
        final byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        final SipUri uri = new SipUri();
        assertThat(uri.parse(new UnsafeBuffer(octets), Range.of(0, octets.length)))
                .isTrue();
        return uri;
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 40000, sip:a@192.0.2.7:5070, 5070",
        "192.0.2.7, 40000, sip:a@192.0.2.7, 5060",
        "192.0.2.7, 5060, sip:192.0.2.7:5060;lr, 5060",
        "2001:db8::7, 40000, sip:a@[2001:db8::7]:5070, 5070",
        // Behind a NAT; a name; another address.
        "203.0.113.9, 40000, sip:a@10.0.0.5:5060, 40000",
        "203.0.113.9, 40000, sip:a@pbx.example:5070, 40000",
        "203.0.113.9, 40000, sip:a@203.0.113.90:5070, 40000",
    })
    void thePortIsContactsWhereTheAddressIsThePeers(
            final String host, final int port, final String contact, final int goesTo) {
        final Way established = new Way(host, port, false);
        assertThat(ways.next(established, uri(contact)).peer().port()).isEqualTo(goesTo);
    }

    @ParameterizedTest
    @CsvSource({"sip:a@192.0.2.7:5070", "tel:+34910000001"})
    void aConnectionIsStayedWith(final String contact) {
        final Way established = new Way("192.0.2.7", 40_000, true);
        assertThat(ways.next(established, uri(contact))).isSameAs(established);
    }
}

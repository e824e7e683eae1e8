package io.trunkline.gateway.calls;

import io.trunkline.sip.message.AddressField;
import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.Octets;
import io.trunkline.sip.message.PeerAddress;
import io.trunkline.sip.message.Range;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipUri;
import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.sip.transport.Destination;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads where a trunk redirects a call to (RFC 3261 §8.1.3.4). Only what the configuration names is gone to: Contacts that are trunks of
 * the same carrier, and the number that was called. Anything else would let a carrier, or whoever speaks in its name, choose whom
 * we call at our cost, and which hosts get our messages.
 */
final class Redirects {
    /**
     * A Contact that is followed.
     *
     * @param uri Request-URI, as the Contact has it
     * @param trunk that it leads to
     * @param addresses those of the trunk that it means
     * @param q preference, thousandths
     */
    record Way(String uri, Peer trunk, List<Destination> addresses, int q) {}

    private static final int MAX_CONTACTS = 16;
    private static final int MAX_URI = 256;
    private static final int MOST_Q = 1_000;
    private static final int DEFAULT_PORT = 5060;
    private static final int DEFAULT_TLS_PORT = 5061;
    private static final byte[] Q = Octets.ascii("q");
    private static final byte[] TRANSPORT = Octets.ascii("transport");
    private static final byte[] MADDR = Octets.ascii("maddr");
    private static final byte[] METHOD = Octets.ascii("method");

    private final CallerWriter numbers;
    private final AddressField address = new AddressField();
    private final UnsafeBuffer digits = new UnsafeBuffer(new byte[Numbering.MAX_DIGITS + 1]);

    Redirects(final CallerWriter numbers) {
        this.numbers = numbers;
    }

    /**
     * Adds the Contacts of a redirection to those that a call follows, by preference, as far as the trunk's limit goes.
     *
     * @param trunks of the carrier that redirects
     * @return whether there was one
     */
    boolean read(final SipMessage response, final LiveCall call, final List<Peer> trunks) {
        final int begin = call.redirects.size();
        int read = 0;
        for (int line = response.first(HeaderName.CONTACT); line >= 0; line = response.next(line)) {
            int at = Range.offset(response.value(line));
            while (at >= 0
                    && read < MAX_CONTACTS
                    && address.parse(response.buffer(), at, Range.end(response.value(line)))) {
                read++;
                if (!address.isStar()) {
                    add(response, call, trunks, begin);
                }
                at = address.hasNext() ? address.next() : -1;
            }
        }
        final int room = Math.max(begin, call.trunk.identity().redirects());
        while (call.redirects.size() > room) {
            call.redirects.remove(call.redirects.size() - 1);
        }
        return call.redirects.size() > begin;
    }

    private void add(final SipMessage response, final LiveCall call, final List<Peer> trunks, final int begin) {
        final SipUri uri = address.uri();
        final String text = Octets.text(response.buffer(), uri.range());
        final boolean plain = (uri.scheme() == SipUri.Scheme.SIP || uri.scheme() == SipUri.Scheme.SIPS)
                && uri.user() != Range.NONE
                && uri.headers() == Range.NONE
                && !uri.hasParameter(MADDR)
                && !uri.hasParameter(METHOD)
                && text.length() <= MAX_URI;
        if (!plain || text.equals(call.target.requestUri()) || isKnown(call, text)) {
            return;
        }
        for (int i = 0; i < trunks.size(); i++) {
            final Peer trunk = trunks.get(i);
            final List<Destination> meant = meant(response, uri, trunk);
            if (!meant.isEmpty() && isSameNumber(response, uri, call, trunk)) {
                final int q = q(response);
                int place = begin;
                while (place < call.redirects.size()
                        && call.redirects.get(place).q() >= q) {
                    place++;
                }
                call.redirects.add(place, new Way(text, trunk, meant, q));
                return;
            }
        }
    }

    private static boolean isKnown(final LiveCall call, final String uri) {
        for (int i = 0; i < call.redirects.size(); i++) {
            if (call.redirects.get(i).uri().equals(uri)) {
                return true;
            }
        }
        return false;
    }

    /** The addresses of a trunk that a Contact means: by the trunk's name, or as an address. */
    private static List<Destination> meant(final SipMessage response, final SipUri uri, final Peer trunk) {
        final String host = Octets.text(response.buffer(), uri.host());
        final boolean named =
                host.equalsIgnoreCase(trunk.trunk().settings().target().host());
        final List<Destination> meant = new ArrayList<>(1);
        for (final Destination known : trunk.trunk().addresses().all()) {
            final int port = known.address().getPort();
            final int usual = known.protocol() == TransportProtocol.TLS ? DEFAULT_TLS_PORT : DEFAULT_PORT;
            final boolean here = named || uri.isAt(PeerAddress.of(known.address()));
            final boolean samePort = uri.port() == SipUri.ABSENT ? named || port == usual : uri.port() == port;
            if (here && samePort && speaks(response, uri, known.protocol())) {
                meant.add(known);
            }
        }
        return meant;
    }

    private static boolean speaks(final SipMessage response, final SipUri uri, final TransportProtocol protocol) {
        final long wanted = uri.parameter(TRANSPORT);
        return (wanted == Range.NONE || Octets.text(response.buffer(), wanted).equalsIgnoreCase(protocol.name()))
                && (uri.scheme() == SipUri.Scheme.SIP || protocol == TransportProtocol.TLS);
    }

    private boolean isSameNumber(final SipMessage response, final SipUri uri, final LiveCall call, final Peer trunk) {
        final long user = uri.user();
        final int length =
                trunk.identity().numbering().read(response.buffer(), Range.offset(user), Range.length(user), digits);
        return length != Numbering.NO_NUMBER && numbers.isCalled(call, digits, length);
    }

    /** {@code qvalue} in thousandths (RFC 3261 §25.1); without one the Contact is as good as any. */
    private int q(final SipMessage response) {
        final long value = address.parameter(Q);
        if (value == Range.NONE || Range.length(value) == 0) {
            return MOST_Q;
        }
        int thousandths = response.buffer().getByte(Range.offset(value)) == '1' ? MOST_Q : 0;
        int worth = MOST_Q / 10;
        for (int at = Range.offset(value) + 2; at < Range.end(value) && worth > 0; at++, worth /= 10) {
            thousandths += worth * Math.max(0, Math.min(9, response.buffer().getByte(at) - '0'));
        }
        return Math.min(MOST_Q, thousandths);
    }
}

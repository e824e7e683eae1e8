package io.trunkline.sip.trunk;

import io.trunkline.sip.digest.DigestClient;
import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.MessageWriter;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;
import io.trunkline.sip.stack.HeaderGrammar;
import io.trunkline.sip.stack.HeaderReading.Element;
import io.trunkline.sip.stack.HeaderReading.Read;
import io.trunkline.sip.transaction.Hop;
import io.trunkline.sip.transport.Destination;
import io.trunkline.sip.transport.Flow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Answers a peer's challenges to what we send over its trunk. A challenge is answered when the request went to one of the trunk's
 * own addresses, in its own realm; to any other nothing is computed that could be taken away and tried offline.
 */
public final class TrunkDigest {
    private static final int UNAUTHORIZED = 401;
    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;
    private static final int MAX_CHALLENGES = 8;

    private final Trunk trunk;
    private final DigestClient client;
    private boolean proxy;

    TrunkDigest(final Trunk trunk, final Credentials credentials, final LongSupplier random) {
        this.trunk = trunk;
        client = new DigestClient(
                credentials.user(), credentials.realm(), credentials.password(), credentials.weakest(), random);
    }

    /** Whether a response is a challenge. */
    static boolean isChallenge(final int status) {
        return status == UNAUTHORIZED || status == PROXY_AUTHENTICATION_REQUIRED;
    }

    /** For what shows us to the peer request by request: a call, a registration, a message. */
    public Proof proof() {
        return new Proof();
    }

    /** What one call, registration or message was refused with, whatever others of the trunk are challenged with meanwhile. */
    public final class Proof {
        /** The nonce that the last request had credentials for. */
        private String shown = "";

        private Proof() {}

        /**
         * Takes a 401 or 407.
         *
         * @param sentTo where the request went that it answers
         * @return whether sending the request again with {@link #write} may help
         */
        public boolean challenged(final SipMessage response, final Hop sentTo) {
            final boolean answered = isOwn(sentTo) && client.challenged(challenges(response), shown);
            if (answered) {
                proxy = response.status() == PROXY_AUTHENTICATION_REQUIRED;
                trunk.counters().challengesAnswered++;
            } else {
                trunk.counters().challengesNotAnswered++;
            }
            return answered;
        }

        /**
         * Writes the header with the credentials, once there was a challenge to answer: they may go with a request at once.
         *
         * @param requestUri as it stands in the request line
         */
        public void write(final SipMethod method, final String requestUri, final MessageWriter out) {
            if (client.hasNonce()) {
                shown = client.nonce();
                out.header(
                        proxy ? HeaderName.PROXY_AUTHORIZATION : HeaderName.AUTHORIZATION,
                        client.credentials(method.name(), requestUri));
            }
        }
    }

    private boolean isOwn(final Hop hop) {
        if (!(hop instanceof Flow flow)) {
            return false;
        }
        final List<Destination> own = trunk.addresses().all();
        for (int i = 0; i < own.size(); i++) {
            final Destination destination = own.get(i);
            // Over a connection that the peer opened the port is another one; there its certificate says who it is.
            if (destination.address().equals(flow.remote())
                    || (flow.peerNames().contains(destination.host())
                            && destination
                                    .address()
                                    .getAddress()
                                    .equals(flow.remote().getAddress()))) {
                return true;
            }
        }
        return false;
    }

    private static List<Map<String, String>> challenges(final SipMessage response) {
        final HeaderName header =
                response.status() == UNAUTHORIZED ? HeaderName.WWW_AUTHENTICATE : HeaderName.PROXY_AUTHENTICATE;
        final List<Map<String, String>> challenges = new ArrayList<>();
        int lines = 0;
        for (int line = response.first(header); line >= 0 && lines < MAX_CHALLENGES; line = response.next(line)) {
            lines++;
            if (HeaderGrammar.read(response, line) instanceof Read read) {
                for (final Element element : read.elements()) {
                    if ("Digest".equalsIgnoreCase(element.value()) && challenges.size() < MAX_CHALLENGES) {
                        challenges.add(element.parameters());
                    }
                }
            }
        }
        return challenges;
    }
}

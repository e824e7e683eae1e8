package io.trunkline.client;

import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.trunkline.upstream.codec.HelloEncoder;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLException;

/** All that a {@link TrunklineClient} is told before it starts. Immutable; every limit has a default. */
public final class ClientConfig {
    /** {@link Builder#resumeAfter}: go on from what the gateway has stored for this client name. */
    public static final long FROM_STORED_CURSOR = HelloEncoder.resumeAfterNullValue();

    final List<InetSocketAddress> addresses;
    final String tenant;
    final String token;
    final String clientName;
    final boolean events;
    final int eventWindow;
    final long resumeAfter;
    final boolean automaticAck;
    final int ackEvery;
    final long ackWithinMs;
    final int maxInFlight;
    final int maxWaiting;
    final long answerTimeoutMs;
    final int connectTimeoutMs;
    final long handshakeTimeoutMs;
    final long backoffMinMs;
    final long backoffMaxMs;
    final SslContext tls;
    final String serverName;
    final boolean verifyHost;
    final EventLoop eventLoop;

    private ClientConfig(final Builder from) {
        addresses = List.copyOf(from.addresses);
        tenant = from.tenant;
        token = from.token;
        clientName = from.clientName;
        events = from.events;
        eventWindow = from.eventWindow;
        resumeAfter = from.resumeAfter;
        automaticAck = from.automaticAck;
        ackEvery = from.ackEvery;
        ackWithinMs = from.ackWithinMs;
        maxInFlight = from.maxInFlight;
        maxWaiting = from.maxWaiting;
        answerTimeoutMs = from.answerTimeoutMs;
        connectTimeoutMs = from.connectTimeoutMs;
        handshakeTimeoutMs = from.handshakeTimeoutMs;
        backoffMinMs = from.backoffMinMs;
        backoffMaxMs = from.backoffMaxMs;
        tls = from.tls;
        serverName = from.serverName;
        verifyHost = from.verifyHost;
        eventLoop = from.eventLoop;
    }

    public static Builder to(final String host, final int port) {
        return new Builder().address(host, port);
    }

    /** Gathers the values of a {@link ClientConfig}. */
    public static final class Builder {
        private final List<InetSocketAddress> addresses = new ArrayList<>();
        private String tenant = "";
        private String token = "";
        private String clientName = "";
        private boolean events = true;
        private int eventWindow;
        private long resumeAfter = FROM_STORED_CURSOR;
        private boolean automaticAck = true;
        private int ackEvery = 256;
        private long ackWithinMs = 200;
        private int maxInFlight = 4096;
        private int maxWaiting = 1024;
        private long answerTimeoutMs = 30_000;
        private int connectTimeoutMs = 5_000;
        private long handshakeTimeoutMs = 10_000;
        private long backoffMinMs = 100;
        private long backoffMaxMs = 10_000;
        private SslContext tls;
        private String serverName;
        private boolean verifyHost = true;
        private EventLoop eventLoop;

        private Builder() {}

        /** One more gateway; the next is tried when one fails. */
        public Builder address(final String host, final int port) {
            addresses.add(InetSocketAddress.createUnresolved(host, port));
            return this;
        }

        /** Who pays, and the secret that proves it. */
        public Builder tenant(final String name, final String secretToken) {
            tenant = Objects.requireNonNull(name, "tenant");
            token = Objects.requireNonNull(secretToken, "token");
            return this;
        }

        /** Names the event subscription of this client within the tenant; stable over restarts, one connection each. */
        public Builder clientName(final String name) {
            clientName = Objects.requireNonNull(name, "client name");
            return this;
        }

        /** Submits only: no event comes on this connection. */
        public Builder withoutEvents() {
            events = false;
            return this;
        }

        /** Events that may be unacknowledged; 0 (default): as many as the gateway allows. */
        public Builder eventWindow(final int events) {
            eventWindow = notNegative("event window", events);
            return this;
        }

        /** The last event that the caller has made safe, where it keeps count itself. */
        public Builder resumeAfter(final long sequence) {
            resumeAfter = sequence;
            return this;
        }

        /** Events count as safe only when {@link TrunklineClient#acknowledge} says so. */
        public Builder explicitAck() {
            automaticAck = false;
            return this;
        }

        /**
         * When acknowledgements are sent: default after 256 events, and at the latest 200 ms after the event.
         *
         * @param everyEvents at least 1
         * @param withinMs at least 1; accurate to the client's tick of 50 ms
         */
        public Builder acknowledgements(final int everyEvents, final long withinMs) {
            ackEvery = positive("acknowledge every", everyEvents);
            ackWithinMs = positive("acknowledge within", withinMs);
            return this;
        }

        /** Unanswered submits, however much credit the gateway gives: 1..1,048,576, default 4096. 0.5 KiB each. */
        public Builder maxInFlight(final int submits) {
            if (submits < 1 || submits > 1 << 20) {
                throw new IllegalArgumentException("max in flight " + submits + " not in 1..1048576");
            }
            maxInFlight = submits;
            return this;
        }

        /** Submits and cancels that may wait for credit or a connection, default 1024. */
        public Builder maxWaiting(final int requests) {
            maxWaiting = notNegative("max waiting", requests);
            return this;
        }

        /** When no answer has come for so long though some are due, the connection is taken for dead. Default 30 s. */
        public Builder answerTimeoutMs(final long milliseconds) {
            answerTimeoutMs = positive("answer timeout", milliseconds);
            return this;
        }

        /** Default 5 s to connect, 10 s for TLS and the handshake. */
        public Builder connectTimeoutMs(final int connectMs, final long handshakeMs) {
            connectTimeoutMs = positive("connect timeout", connectMs);
            handshakeTimeoutMs = positive("handshake timeout", handshakeMs);
            return this;
        }

        /** Wait before the second attempt and the longest wait; half of each is random. Default 0.1 s and 10 s. */
        public Builder backoffMs(final long firstMs, final long longestMs) {
            backoffMinMs = positive("first backoff", firstMs);
            backoffMaxMs = Math.max(backoffMinMs, longestMs);
            return this;
        }

        /** TLS with a context of the caller's. */
        public Builder tls(final SslContext clientContext) {
            tls = Objects.requireNonNull(clientContext, "TLS context");
            return this;
        }

        /**
         * TLS from PEM files.
         *
         * @param trusted certificates of the authorities, or null for those of the JVM
         * @param chain the client's own certificate, or null
         * @param key its private key (PKCS#8), or null
         */
        public Builder tls(final Path trusted, final Path chain, final Path key) throws SSLException {
            final SslContextBuilder context = SslContextBuilder.forClient().protocols("TLSv1.3", "TLSv1.2");
            if (trusted != null) {
                context.trustManager(trusted.toFile());
            }
            if (chain != null) {
                context.keyManager(chain.toFile(), key.toFile());
            }
            return tls(context.build());
        }

        /** The name sent as SNI and looked for in the certificate, where it is not that of the address. */
        public Builder serverName(final String name) {
            serverName = name;
            return this;
        }

        /** Takes any certificate that the context trusts, whatever host it names. */
        public Builder withoutHostVerification() {
            verifyHost = false;
            return this;
        }

        /** Runs on this event loop and leaves it alone at the end. Default: a thread of its own. */
        public Builder eventLoop(final EventLoop loop) {
            eventLoop = loop;
            return this;
        }

        public ClientConfig build() {
            if (tenant.isEmpty()) {
                throw new IllegalArgumentException("no tenant given");
            }
            if (events && clientName.isEmpty()) {
                throw new IllegalArgumentException("events need a client name: it names the subscription");
            }
            return new ClientConfig(this);
        }

        private static int notNegative(final String what, final int value) {
            if (value < 0) {
                throw new IllegalArgumentException(what + " is negative: " + value);
            }
            return value;
        }

        private static int positive(final String what, final int value) {
            return Math.toIntExact(positive(what, (long) value));
        }

        private static long positive(final String what, final long value) {
            if (value < 1) {
                throw new IllegalArgumentException(what + " must be at least 1: " + value);
            }
            return value;
        }
    }
}

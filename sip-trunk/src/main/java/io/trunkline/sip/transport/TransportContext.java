package io.trunkline.sip.transport;

import io.netty.channel.EventLoop;
import org.agrona.concurrent.EpochClock;

/**
 * All that a {@link SipTransport} needs.
 *
 * @param loop on which all of it happens
 * @param sockets that fit the loop
 * @param limits how much peers may take
 * @param clock milliseconds that never go back
 * @param tls of connections that we open to TLS destinations; null where there are none
 * @param sink where messages go
 */
public record TransportContext(
        EventLoop loop, SocketTypes sockets, TransportLimits limits, EpochClock clock, SipTls tls, MessageSink sink) {}

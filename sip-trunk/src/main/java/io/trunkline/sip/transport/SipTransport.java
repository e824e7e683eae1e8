package io.trunkline.sip.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.trunkline.sip.message.MessageIndexer;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.sip.transaction.Hop;
import io.trunkline.sip.transaction.MessageTransport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All sockets of one event loop (RFC 3261 §18). What is sent waits in order until the owner's duty cycle lets it go, by {@link
 * #flush} or by {@link #seal} and {@link #release}. Everything but {@link #listen} is called on the loop.
 */
public final class SipTransport implements MessageTransport {
    private static final int BACKLOG = 1024;
    private static final int SOCKET_BUFFER = 4 << 20;
    private static final Logger LOG = LoggerFactory.getLogger(SipTransport.class);

    private final TransportContext context;
    private final TransportCounters counters = new TransportCounters();
    private final Outbox outbox = new Outbox();
    private final Backlogs backlogs = new Backlogs();
    private final NettyOctets octets = new NettyOctets();
    private final MessageIndexer indexer;
    private final SipMessage message;
    private final List<UdpSocket> sockets = new ArrayList<>();
    private final List<Channel> acceptors = new ArrayList<>();
    private final Map<TransportProtocol, String> sentBy = new HashMap<>();
    private final Map<TransportProtocol, InetAddress> sources = new HashMap<>();
    private final StreamFlows flows = new StreamFlows();
    private final List<StreamConnection> connections = new ArrayList<>();
    private final Guests guests;
    private final SlowReaders slowReaders;
    private Runnable afterRead = () -> {};
    private MessageTap tap;
    private boolean closed;

    /** A transport that listens nowhere yet. */
    public SipTransport(final TransportContext context) {
        this.context = context;
        indexer = new MessageIndexer(context.limits().message());
        message = new SipMessage(context.limits().message());
        guests = new Guests(context.limits());
        slowReaders = new SlowReaders(connections, context.limits().maxQueued());
    }

    /** Called when a socket was read empty; an owner without a duty cycle may {@link #flush} there. */
    public void afterRead(final Runnable work) {
        afterRead = work;
    }

    /** Shows every message that comes or goes; null for nobody. */
    public void tap(final MessageTap to) {
        tap = to;
    }

    public TransportCounters counters() {
        return counters;
    }

    TransportLimits limits() {
        return context.limits();
    }

    ByteBufAllocator allocator() {
        return PooledByteBufAllocator.DEFAULT;
    }

    long nowMs() {
        return context.clock().time();
    }

    void readComplete() {
        afterRead.run();
    }

    SlowReaders slowReaders() {
        return slowReaders;
    }

    /** The sockets in which more arrives than is handled. */
    public Backlogs backlogs() {
        return backlogs;
    }

    /** Connections, ready or not, ours or accepted. */
    public int connections() {
        return connections.size();
    }

    /** Messages that were sent and not let go. */
    public int waiting() {
        return outbox.size();
    }

    /**
     * Opens a listener. From any thread; the future is done on the loop, and the listener is of use when it is.
     *
     * @return whose channel has the address, or that fails
     */
    public ChannelFuture listen(final Listener listener) {
        return listener.protocol() == TransportProtocol.UDP ? listenUdp(listener) : listenStream(listener);
    }

    private ChannelFuture listenUdp(final Listener listener) {
        final UdpSocket socket = new UdpSocket(this);
        final int batch = context.sockets().datagramBatch();
        final Bootstrap bootstrap = new Bootstrap()
                .group(context.loop())
                .channelFactory(context.sockets().datagram())
                .option(ChannelOption.ALLOCATOR, allocator())
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER)
                .option(ChannelOption.RECVBUF_ALLOCATOR, ReadTurn.datagrams(limits().maxDatagram(), batch))
                .handler(socket.handler());
        if (batch > 1) {
            bootstrap.option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, limits().maxDatagram());
        }
        final ChannelFuture bound = bootstrap.bind(listener.address());
        return bound.addListener(done -> {
            if (done.isSuccess()) {
                socket.bound(bound.channel(), listener);
                sockets.add(socket);
                listening(listener, bound.channel());
            }
        });
    }

    private ChannelFuture listenStream(final Listener listener) {
        final ChannelFuture bound = new ServerBootstrap()
                .group(context.loop())
                .channelFactory(context.sockets().server())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.ALLOCATOR, allocator())
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, ReadTurn.stream())
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(final Channel channel) {
                        accept(channel, listener);
                    }
                })
                .bind(listener.address());
        return bound.addListener(done -> {
            if (done.isSuccess()) {
                acceptors.add(bound.channel());
                listening(listener, bound.channel());
            }
        });
    }

    private void listening(final Listener listener, final Channel channel) {
        final InetSocketAddress address = (InetSocketAddress) channel.localAddress();
        sentBy.putIfAbsent(listener.protocol(), listener.sentBy(address));
        if (!address.getAddress().isAnyLocalAddress()) {
            sources.putIfAbsent(listener.protocol(), address.getAddress());
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // A connection that is refused is of no further interest.
    private void accept(final Channel channel, final Listener listener) {
        final InetSocketAddress remote = (InetSocketAddress) channel.remoteAddress();
        if (closed
                || remote == null
                || connections.size() >= limits().maxConnections()
                || !guests.take(remote.getAddress(), nowMs())) {
            counters.refusedConnections++;
            channel.close();
            return;
        }
        counters.accepted++;
        final StreamFlow flow = new StreamFlow(listener.protocol(), null, remote, sentByFor(listener.protocol()));
        final StreamConnection connection = begin(flow);
        connection.channel(channel);
        if (listener.tls() != null) {
            channel.pipeline().addLast(listener.tls().accept(limits().partialMs()));
        }
        channel.pipeline().addLast(new StreamHandler(this, connection));
    }

    private StreamConnection begin(final StreamFlow flow) {
        final StreamConnection connection = new StreamConnection(this, flow, nowMs());
        connection.index = connections.size();
        connections.add(connection);
        flow.connection(connection);
        return connection;
    }

    private String sentByFor(final TransportProtocol protocol) {
        final String own = sentBy.get(protocol);
        if (own != null) {
            return own;
        }
        // Peers answer over the connection; the port would be for one that they open, where nobody listens.
        return sentBy.isEmpty() ? "invalid" : sentBy.values().iterator().next();
    }

    /**
     * The way to a destination. Over TCP and TLS a connection that exists is used again, else one is made when something is sent.
     * Over TLS that may be one that the peer opened, where its certificate has the destination's name (RFC 5923).
     *
     * @return null where no UDP socket of ours reaches such an address, or TLS is not set up
     */
    public Flow flow(final Destination destination) {
        if (destination.protocol() != TransportProtocol.UDP) {
            if (destination.protocol() == TransportProtocol.TLS && context.tls() == null) {
                return null;
            }
            return flows.to(destination, sentByFor(destination.protocol()));
        }
        for (int i = 0; i < sockets.size(); i++) {
            if (sockets.get(i).reaches(destination.address().getAddress())) {
                return sockets.get(i).flow(destination.address());
            }
        }
        return null;
    }

    @Override
    public boolean send(final Hop hop, final DirectBuffer buffer, final int offset, final int length) {
        final boolean sent;
        if (hop instanceof UdpFlow flow) {
            sent = flow.socket().send(flow.remote(), buffer, offset, length);
        } else {
            final StreamFlow flow = (StreamFlow) hop;
            final StreamConnection connection = connectionOf(flow);
            flow.asked(buffer, offset, length);
            sent = connection != null && connection.send(buffer, offset, length);
        }
        if (sent && tap != null) {
            final Flow flow = (Flow) hop;
            tap.onMessage(false, flow.protocol(), flow.local(), flow.remote(), buffer, offset, length);
        }
        return sent;
    }

    /** Another address of a peer's, or null. */
    InetAddress otherAddress(final Flow source, final String host) {
        return context.sink().otherAddress(source, host);
    }

    /** What was let go when its connection had gone: it takes the way that a response has then (RFC 3261 §18.2.2), or none. */
    void reroute(final StreamFlow flow, final ByteBuf message) {
        final StreamConnection other = flow.destination() == null ? connectionOf(flow) : null;
        if (other == null || !other.takesOver(message.readableBytes())) {
            message.release();
            return;
        }
        counters.rerouted++;
        other.write(message, null);
        other.flush();
    }

    /** The connection of a flow, made where there is none; of one that was accepted to where the peer says that it listens. */
    private StreamConnection connectionOf(final StreamFlow flow) {
        if (flow.connection() != null || flow.reachedAt() == null) {
            return flow.connection();
        }
        if (flow.destination() == null) {
            final Flow other = flow(flow.reachedAt());
            return other == null ? null : connectionOf((StreamFlow) other);
        }
        final StreamFlow current = flows.current(flow);
        return current.connection() == null ? connect(current) : current.connection();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // How it ends, the connection is told.
    private StreamConnection connect(final StreamFlow flow) {
        if (closed || connections.size() >= limits().maxConnections()) {
            counters.refusedConnections++;
            flows.gone(flow);
            return null;
        }
        final StreamConnection connection = begin(flow);
        final Bootstrap bootstrap = new Bootstrap()
                .group(context.loop())
                .channelFactory(context.sockets().stream())
                .option(ChannelOption.ALLOCATOR, allocator())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.RECVBUF_ALLOCATOR, ReadTurn.stream())
                // The connection has its own deadline, by the owner's clock.
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(final Channel channel) {
                        if (connection.isGone()) {
                            channel.close();
                            return;
                        }
                        connection.channel(channel);
                        if (connection.isTls()) {
                            channel.pipeline()
                                    .addLast(context.tls().connect(channel, flow.destination(), limits().connectMs()));
                        }
                        channel.pipeline().addLast(new StreamHandler(SipTransport.this, connection));
                    }
                });
        final InetAddress source = sources.get(flow.protocol());
        final boolean sameFamily = source != null
                && source.getClass() == flow.remote().getAddress().getClass();
        bootstrap
                .connect(flow.remote(), sameFamily ? new InetSocketAddress(source, 0) : null)
                .addListener(done -> {
                    if (done.isSuccess()) {
                        counters.connected++;
                    } else {
                        connection.gone();
                    }
                });
        return connection;
    }

    void stage(
            final Output output,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final InetSocketAddress to,
            final ByteBufAllocator allocator) {
        final ByteBuf copy = octets.copy(allocator, buffer, offset, length);
        counters.messagesOut++;
        counters.octetsOut += length;
        outbox.add(output, copy, to);
    }

    /** What was sent up to now may leave once {@code position}, of the owner's counting, is reached; it never falls. */
    public void seal(final long position) {
        outbox.seal(position);
    }

    /**
     * Lets go what was sealed up to a position, in one flush per socket.
     *
     * @return messages let go
     */
    public int release(final long reached) {
        return outbox.release(reached);
    }

    /** Lets go all that was sent; for owners that hold nothing back. */
    public int flush() {
        outbox.seal(Long.MIN_VALUE);
        return outbox.release(Long.MAX_VALUE);
    }

    void deliverDatagram(final UnsafeBuffer buffer, final int length, final UdpFlow source) {
        indexer.indexDatagram(buffer, 0, length, message);
        deliver(source);
    }

    void deliverFrame(final UnsafeBuffer buffer, final int offset, final int length, final StreamFlow source) {
        indexer.indexFrame(buffer, offset, length, message);
        flows.offered(source, message);
        deliver(source);
    }

    private void deliver(final Flow source) {
        counters.messagesIn++;
        if (tap != null) {
            final int length = message.length();
            tap.onMessage(true, source.protocol(), source.local(), source.remote(), message.buffer(), 0, length);
        }
        try {
            context.sink().onMessage(message, source);
        } catch (final RuntimeException e) {
            // A fault of ours ends the handling of this message, and of nothing else.
            counters.handlerFaults++;
            LOG.error("a message from {} was not handled", source, e);
        }
    }

    void gone(final StreamConnection connection) {
        backlogs.empty(connection);
        final StreamConnection last = connections.get(connections.size() - 1);
        connections.set(connection.index, last);
        last.index = connection.index;
        connections.remove(connections.size() - 1);
        final StreamFlow flow = connection.flow;
        flow.connection(null);
        flows.gone(flow);
        if (flow.destination() == null) {
            release(connection);
        }
        if (flow.isAsked()) {
            context.sink().onFailed(flow);
        }
    }

    /** Gives the place of a connection back that was accepted: after a handshake that nothing came of, not at once. */
    private void release(final StreamConnection connection) {
        final InetAddress peer = connection.flow.remote().getAddress();
        if (connection.isCostly(nowMs())) {
            guests.leaveLater(peer, nowMs());
        } else {
            guests.leave(peer);
        }
    }

    /** Looks for connections that take too long; call it once a second or so. */
    public void poll(final long nowMs) {
        for (int i = connections.size() - 1; i >= 0; i--) {
            if (i < connections.size()) {
                connections.get(i).poll(nowMs);
            }
        }
    }

    /** Lets go what waits, and closes all sockets. */
    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for it.
    public void close() {
        closed = true;
        flush();
        acceptors.forEach(Channel::close);
        sockets.forEach(socket -> socket.channel().close());
        for (int i = connections.size() - 1; i >= 0; i--) {
            if (i < connections.size()) {
                connections.get(i).close();
            }
        }
        outbox.clear();
    }
}

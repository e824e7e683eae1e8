package io.trunkline.sip.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * The sockets that fit an event loop.
 *
 * @param datagramBatch datagrams read by one system call
 */
public record SocketTypes(
        ChannelFactory<? extends Channel> datagram,
        ChannelFactory<? extends ServerChannel> server,
        ChannelFactory<? extends Channel> stream,
        int datagramBatch) {
    private static final int EPOLL_BATCH = 16;

    /** Linux: recvmmsg and sendmmsg take many datagrams at once. */
    public static SocketTypes epoll() {
        return new SocketTypes(
                EpollDatagramChannel::new, EpollServerSocketChannel::new, EpollSocketChannel::new, EPOLL_BATCH);
    }

    /** Anywhere. */
    public static SocketTypes nio() {
        return new SocketTypes(NioDatagramChannel::new, NioServerSocketChannel::new, NioSocketChannel::new, 1);
    }
}

package io.trunkline.smpp.session;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import org.agrona.concurrent.NanoClock;

/**
 * What an {@link McServer} runs on.
 *
 * @param eventLoops accepts and serves; one loop or many, a session stays on one
 * @param listeners makes the listening channels that fit the event loops
 * @param channels makes the channels that fit the event loops, for outbind
 * @param clock read once per read from the socket; may be cached by its owner per duty cycle
 * @param outputs makes the output of every new connection
 * @param tickMs the server drives its own timeouts, on every loop at this interval; 0: the owner of the single loop calls
 *     {@link McServer#onTick}
 */
public record McContext(
        EventLoopGroup eventLoops,
        ChannelFactory<? extends ServerChannel> listeners,
        ChannelFactory<? extends Channel> channels,
        NanoClock clock,
        PduOutputs outputs,
        int tickMs) {}

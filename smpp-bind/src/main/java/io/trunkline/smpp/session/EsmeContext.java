package io.trunkline.smpp.session;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.resolver.AddressResolverGroup;
import java.net.InetSocketAddress;
import java.util.random.RandomGenerator;
import org.agrona.concurrent.NanoClock;

/**
 * What the binds of one event loop share.
 *
 * @param eventLoop all calls of binds, in and out, happen on it
 * @param channels makes the channels that fit the event loop
 * @param clock read once per read from the socket; may be cached by its owner per duty cycle
 * @param random for jitter, seeded by the owner
 * @param outputs makes the output of every new connection
 * @param resolver must not block the event loop: see {@link PlatformResolver}
 * @param connects how many connects may begin in a second, all binds together, so that a hundred binds that fell at once
 *     do not hit a carrier at once
 */
public record EsmeContext(
        EventLoop eventLoop,
        ChannelFactory<? extends Channel> channels,
        NanoClock clock,
        RandomGenerator random,
        PduOutputs outputs,
        AddressResolverGroup<InetSocketAddress> resolver,
        TokenBucket connects) {}

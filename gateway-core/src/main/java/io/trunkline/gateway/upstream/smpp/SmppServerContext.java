package io.trunkline.gateway.upstream.smpp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.trunkline.gateway.engine.MessageDesk;
import io.trunkline.gateway.events.EventStreams;
import io.trunkline.gateway.upstream.Doorkeeper;
import io.trunkline.gateway.upstream.UpstreamCounters;
import io.trunkline.smpp.session.PduOutputs;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/**
 * What the SMPP server works with.
 *
 * @param eventLoop the shard's: listeners and all sessions live on it, and every call to desk and streams is made on its
 *     thread
 * @param listeners makes the listening channels that fit the event loop
 * @param channels makes the channels that fit the event loop, for outbind
 * @param doorkeeper its accounts are set from the {@link SmppAccount}s
 * @param outputs makes the gated output of a new connection; what it lets go must pass through the channel's pipeline
 *     ({@code channel.write})
 * @param nanoClock for timeouts; may be cached per duty cycle
 * @param epochClock wall time in ms
 */
public record SmppServerContext(
        EventLoop eventLoop,
        ChannelFactory<? extends ServerChannel> listeners,
        ChannelFactory<? extends Channel> channels,
        SmppSettings settings,
        Doorkeeper doorkeeper,
        MessageDesk desk,
        EventStreams events,
        PduOutputs outputs,
        UpstreamCounters counters,
        NanoClock nanoClock,
        EpochClock epochClock) {}

package io.trunkline.gateway.upstream.binary;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.trunkline.gateway.calls.TenantCalls;
import io.trunkline.gateway.engine.MessageDesk;
import io.trunkline.gateway.events.EventStreams;
import io.trunkline.gateway.events.ReplayDesk;
import io.trunkline.gateway.upstream.Doorkeeper;
import io.trunkline.gateway.upstream.UpstreamCounters;
import io.trunkline.smpp.session.PduOutput;
import java.util.function.Function;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/**
 * What the server of the binary protocol works with.
 *
 * @param eventLoop the shard's: listeners and all connections live on it, and every call to desk and streams is made on
 *     its thread
 * @param calls places and ends calls
 * @param replays gives events once more
 * @param channelClass the server channel that fits the event loop
 * @param outputs makes the gated output of a new connection; what it lets go must pass through the channel's pipeline
 *     ({@code channel.write}), which is where TLS happens and where credit is given back
 * @param nanoClock for timeouts; may be cached per duty cycle
 * @param epochClock wall time in ms, told in Welcome
 */
public record BinaryServerContext(
        EventLoop eventLoop,
        Class<? extends ServerChannel> channelClass,
        BinarySettings settings,
        Doorkeeper doorkeeper,
        MessageDesk desk,
        TenantCalls calls,
        EventStreams events,
        ReplayDesk replays,
        Function<Channel, PduOutput> outputs,
        UpstreamCounters counters,
        NanoClock nanoClock,
        EpochClock epochClock) {}

package io.trunkline.gateway.calls;

import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.trunkline.gateway.config.GatewayConfig;
import io.trunkline.gateway.config.Sip;
import io.trunkline.gateway.engine.CarrierDesk;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.MessageDesk;
import io.trunkline.gateway.engine.Router;
import io.trunkline.gateway.engine.TrafficPolicy;
import io.trunkline.gateway.journal.Journal;
import io.trunkline.gateway.shard.Shard;
import io.trunkline.sip.call.CallContext;
import io.trunkline.sip.call.CallDesk;
import io.trunkline.sip.call.MediaAnchor;
import io.trunkline.sip.locate.LocateLimits;
import io.trunkline.sip.locate.Locator;
import io.trunkline.sip.locate.NettyDnsLookup;
import io.trunkline.sip.locate.RecordType;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.TransportProtocol;
import io.trunkline.sip.stir.StirCounters;
import io.trunkline.sip.transaction.TimerValues;
import io.trunkline.sip.transaction.TransactionContext;
import io.trunkline.sip.transaction.TransactionLayer;
import io.trunkline.sip.transport.Destination;
import io.trunkline.sip.transport.Flow;
import io.trunkline.sip.transport.MessageSink;
import io.trunkline.sip.transport.SocketTypes;
import io.trunkline.sip.trunk.Trunks;
import io.trunkline.sip.trunk.TrunksContext;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The calls of a shard, put together: sockets, door, transactions, calls, trunks, on the shard's thread and in its duty cycle. What
 * they send waits for the journal like all other output.
 */
public final class CallServer implements CallControl, AutoCloseable {
    /** More than transactions can begin in a cycle: eight peers that pipelined over TCP filled the table while 1,000 ended in each. */
    private static final int TIMERS_PER_CYCLE = 50_000;

    private static final long TRUNKS_EVERY_MS = 100;
    private static final long SECOND_MS = 1_000;
    private static final long NANOS = 1_000_000;
    private static final long DNS_TIMEOUT_MS = 2_000;

    private final Context context;
    private final CallClock clock;
    private final RandomLongs random = new RandomLongs();
    private final CallSockets sockets;
    private final Trunks trunks;
    private final TransactionLayer layer;
    private final CallDesk desk;
    private final NettyDnsLookup dns;
    private final TrunkBook book;
    private final CallGuard guard;
    private final CallFlow flow;
    private final CallTrust trust;
    private final CallDispatcher dispatcher;
    private final PlacedByTenants placed;
    private final MessageIntake messages;
    private final MessageTrunks messagesOut;
    private final LeakWatch leaks;
    private final SpendGuard spend;
    /** Null where no messages are kept. */
    private final CapturedCalls captured;
    /** Null where there is no relay. */
    private final AnchoredMedia media;

    private long trunksAtMs;
    private long secondAtMs;

    /**
     * What the calls of a shard work with.
     *
     * @param calls writes what becomes of calls
     * @param costs keeps what they cost
     * @param journal for whether it has room
     * @param tenants takes what platforms submit by MESSAGE
     * @param carriers takes what carriers send so, and what they answer
     * @param onFailure told what makes the daemon useless
     */
    public record Context(
            Shard shard,
            Router router,
            TrafficPolicy policy,
            CallJournal calls,
            CallCosts costs,
            Journal journal,
            Numbers numbers,
            MessageDesk tenants,
            CarrierDesk carriers,
            Consumer<String> onFailure) {}

    /** The numbers under which the journal knows names. */
    public interface Numbers {
        int tenant(String name);

        int carrier(String name);

        /** Of a trunk, called {@code carrier/trunk}. */
        int link(String name);
    }

    /** Calls as a configuration wants them; nothing listens yet. */
    public CallServer(final Context context, final Sip sip) {
        this.context = context;
        final Shard shard = context.shard();
        final EventLoop loop = shard.loop();
        clock = new CallClock(shard, shard::nowMs);
        dns = new NettyDnsLookup(loop, EpollDatagramChannel::new, EpollSocketChannel::new, null, DNS_TIMEOUT_MS);
        trunks = new Trunks(new TrunksContext(locator(), this::flow, clock, random, SipSettings.door(sip)));
        sockets = new CallSockets(
                loop, SocketTypes.epoll(), sip.limits(), clock, () -> shard.nowMs() * NANOS, sink, context.onFailure());
        book = new TrunkBook(trunks, context.numbers());
        guard = new CallGuard(context.policy());
        final DialogWays ways = new DialogWays();
        final TargetFinder finder = new TargetFinder(book, context.router(), this::flow, ways, clock);
        captured = sip.capture()
                .map(kept -> new CapturedCalls(kept.memory().intBytes(), () -> shard.nowMs() * NANOS))
                .orElse(null);
        spend = new SpendGuard(context.router(), context.costs());
        flow = new CallFlow(context.calls(), finder, context.router(), clock, shard::nowMs, spend, captured);
        trust = new CallTrust(shard::wakeUp, book, context.router(), shard::nowMs);
        dispatcher = new CallDispatcher(new CallDispatcher.Context(
                book,
                trunks.door(),
                context.router(),
                guard,
                finder,
                flow,
                trust,
                spend,
                context.journal(),
                clock,
                shard::nowMs));
        media = sip.media()
                .map(relay -> new AnchoredMedia(relay, loop, clock, random))
                .orElse(null);
        messages = new MessageIntake(new MessageIntake.Context(
                book, trunks.door(), context.router(), context.tenants(), context.carriers(), clock, random));
        desk = new CallDesk(new CallContext(
                SipSettings.limits(sip.limits()),
                TimerValues.DEFAULT,
                SipSettings.callers(sip.times()),
                clock,
                random,
                sockets.transport(),
                ways,
                dispatcher,
                flow,
                messages,
                media == null ? MediaAnchor.NONE : media));
        layer = new TransactionLayer(new TransactionContext(
                SipSettings.transactions(sip.limits()),
                TimerValues.DEFAULT,
                clock,
                random,
                sockets.transport(),
                trunks.user(desk)));
        desk.serve(layer);
        trunks.layer(layer);
        messagesOut = new MessageTrunks(
                book, new SipCarrierLink.Context(trunks, context.carriers(), this::flow, ways, clock, shard::nowMs));
        placed = new PlacedByTenants(desk, book, dispatcher, flow, this::flow, context.journal(), clock, random);
        leaks = new LeakWatch(desk, flow, book, clock.time());
    }

    private Locator locator() {
        return new Locator(
                dns,
                LocateLimits.DEFAULT,
                EnumSet.of(TransportProtocol.UDP, TransportProtocol.TCP, TransportProtocol.TLS),
                List.of(RecordType.A, RecordType.AAAA));
    }

    private final MessageSink sink = new MessageSink() {
        @Override
        public void onMessage(final SipMessage message, final Flow source) {
            // For each: a thread that was put aside since the last one would give this one a time before it was sent.
            context.shard().readClocks();
            trunks.door().onMessage(message, source);
        }

        @Override
        public void onFailed(final Flow gone) {
            trunks.door().onFailed(gone);
        }

        @Override
        public InetAddress otherAddress(final Flow source, final String host) {
            return trunks.door().otherAddress(source, host);
        }
    };

    private Flow flow(final Destination destination) {
        return sockets.transport().flow(destination);
    }

    /** Opens the listeners; once. */
    public void listen(final GatewayConfig config) {
        config.gateway().sip().ifPresent(sip -> sockets.listen(sip, captured));
    }

    /**
     * Takes over a configuration whose names all have numbers: trunks, platforms, guards, times. Listeners and limits stay.
     *
     * @param peers whether trunks or platforms may differ from those that are there
     */
    public void configure(final GatewayConfig config, final boolean peers) {
        config.gateway().sip().ifPresent(sip -> {
            guard.configure(sip.highRisk(), config.routing().numbers());
            dispatcher.configure(config.version(), sip.times().setup());
            trust.configure(sip.stir());
            trunks.door().configure(sip.realm().orElse(null), sip.strangers() == Sip.Strangers.REFUSE);
        });
        if (peers) {
            sockets.configure(config);
            book.configure(config);
            messagesOut.configure();
            trunks.poll();
        }
    }

    /** Takes a carrier out of use for new calls, or back into it. */
    public void use(final int carrier, final boolean open) {
        book.use(carrier, open);
    }

    /** The trunks that messages go over. */
    public MessageTrunks messagesOut() {
        return messagesOut;
    }

    /**
     * What is due in a duty cycle.
     *
     * @return how much that was
     */
    public int doWork() {
        final long nowMs = clock.time();
        sockets.transport().backlogs().cycle();
        if (desk.gate().isDue(nowMs)) {
            desk.gate()
                    .poll(
                            nowMs,
                            sockets.transport().backlogs().behindMs(nowMs),
                            sockets.transport().counters().messagesIn());
        }
        int work = layer.poll(TIMERS_PER_CYCLE) + desk.poll(TIMERS_PER_CYCLE) + trust.poll();
        if (media != null) {
            work += media.poll();
        }
        if (nowMs - trunksAtMs >= TRUNKS_EVERY_MS) {
            trunksAtMs = nowMs;
            trunks.poll();
        }
        messagesOut.poll(nowMs);
        if (nowMs - secondAtMs >= SECOND_MS) {
            secondAtMs = nowMs;
            sockets.transport().poll(nowMs);
            book.sweep();
            leaks.poll(nowMs);
            flow.open().forEach(live -> spend.count(live, nowMs));
            context.costs().write();
            work++;
        }
        return work;
    }

    /** What was sent in this duty cycle may leave once the journal is durable up to a position. */
    public void seal(final long position) {
        sockets.transport().seal(position);
    }

    /** Lets go what the journal has reached. */
    public void release(final long durable) {
        sockets.transport().release(durable);
        sockets.flushMirror();
    }

    /** Takes no new calls; those that are there go on. */
    public void drain() {
        desk.drain(true);
        messages.drain();
    }

    /** Ends all calls, as the daemon does. */
    public void endAll() {
        final List<LiveCall> all = new ArrayList<>();
        flow.open().forEach(all::add);
        all.forEach(call -> call.call.end(ENDED_BY_OPERATOR));
    }

    /** Is not to be called any more: takes its addresses out of registrars' hands. */
    public void leave() {
        trunks.leave();
    }

    /** Whether they have let them go, or cannot be reached. */
    public boolean hasLeft() {
        return trunks.hasLeft();
    }

    /** Calls that have not ended. */
    public int open() {
        return desk.calls();
    }

    /** Calls that have ended and whose last messages are not acknowledged. */
    public int lingering() {
        return desk.audit().lingering();
    }

    @Override
    public ErrorCode place(final CallRequest request, final CallAnswer answer) {
        return placed.place(request, answer);
    }

    @Override
    public boolean end(final int tenant, final long unitId, final int cause) {
        final LiveCall live = flow.find(unitId);
        if (live == null || (tenant != 0 && live.tenant != tenant)) {
            return false;
        }
        live.call.end(cause);
        return true;
    }

    @Override
    public Optional<CapturedCalls.Captured> captured(final long unitId) {
        return captured == null ? Optional.empty() : captured.of(unitId);
    }

    @Override
    public List<TrunkRow> trunks() {
        return TrunkRows.of(book.all(), clock.time());
    }

    /** What it has counted, under stable names. */
    public void count(final Counted into) {
        CallFigures.of(this, into);
    }

    /** Takes figures. */
    public interface Counted {
        /** A figure that only grows, with at most one label, empty for none. */
        void add(String name, String label, String value, long count);

        /** One that falls, too. */
        void level(String name, String label, String value, long now);
    }

    CallDesk desk() {
        return desk;
    }

    DispatchCounters dispatchCounters() {
        return dispatcher.counters();
    }

    MessageCounters messageCounters() {
        return messages.counters();
    }

    StirCounters stirCounters() {
        return trust.counters();
    }

    Trunks trunkList() {
        return trunks;
    }

    TrunkBook book() {
        return book;
    }

    CallSockets sockets() {
        return sockets;
    }

    TransactionLayer layer() {
        return layer;
    }

    /** What anchors media; null where there is no relay. */
    AnchoredMedia media() {
        return media;
    }

    /** Whether there is a media relay, and it does not answer. */
    public boolean relayIsDead() {
        return media != null && media.isDead();
    }

    /** What calls of a tenant's platform have cost in the last hour, in millionths. */
    long spent(final Peer platform) {
        return spend.spent(platform.identity().tenant(), clock.time());
    }

    /** Tenants that may make no new call as their last ones cost too much. */
    public List<String> spenders() {
        return book.all().stream()
                .filter(peer -> spend.isUsedUp(peer, clock.time()))
                .map(peer -> peer.identity().owner())
                .toList();
    }

    /** Whether something is held that belongs to no call. */
    public boolean leaks() {
        return leaks.found();
    }

    /** Ends the threads beside the shard's; also after that one has ended. */
    public void stopThreads() {
        trust.close();
    }

    @Override
    public void close() {
        stopThreads();
        dns.close();
        if (media != null) {
            media.close();
        }
        sockets.transport().close();
    }

    /** Q.850: temporary failure, which callers may try elsewhere; after an answer as good as any. */
    private static final int ENDED_BY_OPERATOR = 41;
}

package io.trunkline.perf.sim;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.trunkline.perf.sim.CarrierLog.Kind;
import io.trunkline.perf.sim.SimCounters.Counter;
import io.trunkline.perf.wire.ShortMessage;
import io.trunkline.perf.wire.Smpp;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * A simulated carrier: one listener, one loop, any number of binds. Faults can be changed while it runs. Methods that
 * are public may be called from any thread.
 */
public final class McSimulator implements AutoCloseable {
    private static final long NS_PER_MS = 1_000_000;
    private static final int READ_SIZE = 128 * 1024;
    private static final int CHORES_EVERY_MS = 20;
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(1 << 20, 4 << 20);

    private final McConfig config;
    private final EventLoopGroup group;
    private final PendingStore store;
    private final Deliveries deliveries;
    private final SimCounters counters = new SimCounters();
    private final SplittableRandom random;
    private final Map<String, Account> accounts = new LinkedHashMap<>();
    private final List<Account> accountList = new ArrayList<>();
    private final Int2ObjectHashMap<McSession> sessions = new Int2ObjectHashMap<>();
    private final List<McSession> dirty = new ArrayList<>();
    private final CarrierLog log;
    private final int port;
    private Channel listener;
    private Faults faults;
    private long clockNs = CarrierLog.timeOf(System.nanoTime());
    private long clockMs = clockNs / NS_PER_MS;
    private long nextMessage;
    private final PartMarkers partMarkers = new PartMarkers();
    private int nextSession;
    private double inboundDue;
    private long lastChoresMs = clockMs;
    private long lastDisconnectMs = clockMs;
    private long lastSecondMs = clockMs;
    private boolean ticking;

    private McSimulator(final McConfig config) {
        this.config = config;
        this.faults = config.faults();
        this.random = new SplittableRandom(config.seed());
        // Ids start somewhere, as a real carrier's do, and differ from one start to the next.
        this.nextMessage = (clockMs & 0xFFFFFFFL) * 4096;
        this.store = new PendingStore(config.pendingLimit(), clockMs);
        this.deliveries = new Deliveries(this, store);
        this.log = config.log().map(CarrierLog::new).orElse(null);
        this.group = new MultiThreadIoEventLoopGroup(
                1,
                new DefaultThreadFactory("mc-" + config.name(), true),
                Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        this.listener = listen(config.port());
        this.port = ((InetSocketAddress) listener.localAddress()).getPort();
        final Future<?> unused =
                group.next().scheduleAtFixedRate(this::chores, CHORES_EVERY_MS, CHORES_EVERY_MS, TimeUnit.MILLISECONDS);
    }

    /** Starts to listen. */
    public static McSimulator start(final McConfig config) {
        return new McSimulator(config);
    }

    private Channel listen(final int on) {
        final Class<? extends ServerSocketChannel> type =
                Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        return new ServerBootstrap()
                .group(group)
                .channel(type)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_SIZE))
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(final Channel channel) {
                        channel.pipeline().addLast(new McSession(McSimulator.this, nextSession++));
                    }
                })
                .bind(config.address(), on)
                .syncUninterruptibly()
                .channel();
    }

    // ---- for anyone

    public int port() {
        return port;
    }

    public McConfig config() {
        return config;
    }

    public SimCounters counters() {
        return counters;
    }

    /** Behaves so from now on. */
    public void behave(final Faults other) {
        onLoop(() -> {
            final boolean readingChanged = other.reading != faults.reading;
            faults = other;
            if (readingChanged) {
                sessions.values().forEach(session -> session.reading(other.reading));
            }
        });
    }

    /** Changes one setting; the others stay. */
    public void set(final SimSetting setting, final String value) {
        behave(settings().with(setting, value));
    }

    /** How it behaves now. */
    public Faults settings() {
        return onLoopAnd(() -> faults);
    }

    public boolean isOpen() {
        return !group.isShuttingDown();
    }

    /** Breaks all connections; new ones are taken. */
    public void disconnect() {
        onLoop(() -> List.copyOf(sessions.values()).forEach(McSession::drop));
    }

    /** Stops listening and breaks all connections, as if the carrier were switched off. */
    public void down() {
        onLoop(() -> {
            final ChannelFuture unused = listener.close();
            List.copyOf(sessions.values()).forEach(McSession::drop);
        });
        listener.closeFuture().syncUninterruptibly();
    }

    /** Listens again on the same port after {@link #down()}. */
    public void up() {
        if (!listener.isOpen()) {
            listener = listen(port);
        }
    }

    /** Sends one inbound message of so many parts. */
    public void inbound(final long from, final long to, final int parts) {
        onLoop(() -> {
            deliveries.inboundFrom(from, to, parts);
            ensureTicking();
        });
    }

    /** Sends inbound messages with these numbers in their texts, when the loop comes to it. */
    public void inboundAll(final long firstMarker, final int count, final long to, final int parts) {
        group.next().execute(() -> {
            for (int i = 0; i < count; i++) {
                deliveries.inbound(firstMarker + i, to, parts);
            }
            ensureTicking();
        });
    }

    /** Binds that are up. */
    public int binds() {
        return onLoopAnd(() -> accountList.stream().mapToInt(Account::binds).sum());
    }

    /** Answers, receipts and inbound messages not yet done with. */
    public int pending() {
        return onLoopAnd(store::size);
    }

    /** Makes the log readable up to now. */
    public void flushLog() {
        onLoop(() -> {
            if (log != null) {
                log.flush();
            }
        });
    }

    @Override
    public void close() {
        if (listener.isOpen()) {
            down();
        }
        final Future<?> ended = group.shutdownGracefully(0, 5, TimeUnit.SECONDS);
        ended.syncUninterruptibly();
        if (log != null) {
            log.close();
        }
    }

    private void onLoop(final Runnable task) {
        group.next().submit(task).syncUninterruptibly();
    }

    private <T> T onLoopAnd(final Callable<T> task) {
        return group.next().submit(task).syncUninterruptibly().getNow();
    }

    // ---- for sessions, on the loop

    PendingStore store() {
        return store;
    }

    Faults faults() {
        return faults;
    }

    Deliveries deliveries() {
        return deliveries;
    }

    /** Wall time of this read or tick, in milliseconds. */
    long nowMs() {
        return clockMs;
    }

    McSession session(final int id) {
        return sessions.get(id);
    }

    Account account(final int index) {
        return accountList.get(index);
    }

    /** The first account that takes deliver_sm, or null. */
    Account receivingAccount() {
        for (final Account account : accountList) {
            if (account.receiver(null) != null) {
                return account;
            }
        }
        return null;
    }

    SplittableRandom random() {
        return random;
    }

    PartMarkers partMarkers() {
        return partMarkers;
    }

    long nextMessage() {
        return ++nextMessage;
    }

    /** Wall time in milliseconds, read anew. */
    long clock() {
        clockNs = CarrierLog.timeOf(System.nanoTime());
        clockMs = clockNs / NS_PER_MS;
        return clockMs;
    }

    void onOpen(final McSession session) {
        counters.increment(Counter.CONNECTIONS);
        sessions.put(session.id, session);
    }

    void onClosed(final McSession session) {
        sessions.remove(session.id);
        dirty.remove(session);
    }

    int bind(final McSession session, final String systemId, final String password) {
        if (faults.bindStatus != Smpp.OK) {
            return faults.bindStatus;
        }
        if (!config.accounts().isEmpty()) {
            final String expected = config.accounts().get(systemId);
            if (expected == null) {
                return Smpp.INVALID_SYSTEM_ID;
            }
            if (!expected.equals(password)) {
                return Smpp.INVALID_PASSWORD;
            }
        }
        final Account account = accounts.computeIfAbsent(systemId, id -> {
            final Account made = new Account(accountList.size(), id);
            accountList.add(made);
            return made;
        });
        if (account.binds() >= faults.maxBinds) {
            return Smpp.BIND_FAILED;
        }
        account.add(session);
        session.bound(account);
        return Smpp.OK;
    }

    void dirty(final McSession session) {
        if (dirty.isEmpty() || dirty.get(dirty.size() - 1) != session) {
            dirty.add(session);
        }
    }

    /** One flush per connection and read; whatever came due meanwhile goes along. */
    void endOfRead() {
        advance();
        ensureTicking();
    }

    private void advance() {
        store.advance(clock(), deliveries::onDue);
        for (int i = 0; i < dirty.size(); i++) {
            dirty.get(i).flush();
        }
        dirty.clear();
    }

    void ensureTicking() {
        if (!ticking && store.size() > 0) {
            ticking = true;
            final Future<?> unused = group.next().schedule(this::tick, 1, TimeUnit.MILLISECONDS);
        }
    }

    private void tick() {
        ticking = false;
        advance();
        ensureTicking();
    }

    // ---- the log

    void log(
            final Kind kind,
            final int session,
            final int number,
            final int status,
            final long marker,
            final long message) {
        if (log != null) {
            log.add(kind, clockNs, session, number, status, marker, message);
        }
    }

    void logSubmit(
            final McSession session,
            final ShortMessage submit,
            final int number,
            final int status,
            final long marker,
            final long message) {
        if (log != null) {
            log.add(clockNs, session.id, number, status, marker, message, submit);
        }
    }

    // ---- what happens by itself

    private void chores() {
        final long now = clock();
        if (faults.moRate > 0) {
            inboundDue = Math.min(inboundDue + faults.moRate * (now - lastChoresMs) / 1000, faults.moRate + 1);
            while (inboundDue >= 1) {
                inboundDue--;
                deliveries.inboundNext(faults.moTo, faults.moParts);
            }
        }
        lastChoresMs = now;
        if (faults.disconnectIntervalMs > 0 && now - lastDisconnectMs >= faults.disconnectIntervalMs) {
            lastDisconnectMs = now;
            sessions.values().stream()
                    .skip(sessions.isEmpty() ? 0 : random.nextInt(sessions.size()))
                    .findFirst()
                    .ifPresent(McSession::drop);
        }
        if (now - lastSecondMs >= 1000) {
            lastSecondMs = now;
            if (log != null) {
                log.flush();
            }
            if (faults.enquireEveryMs > 0) {
                sessions.values().forEach(session -> session.enquireIfIdle(now, faults.enquireEveryMs));
            }
        }
        ensureTicking();
    }
}

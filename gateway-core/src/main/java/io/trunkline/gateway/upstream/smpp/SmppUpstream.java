package io.trunkline.gateway.upstream.smpp;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.ScheduledFuture;
import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.upstream.Account;
import io.trunkline.gateway.upstream.Admission;
import io.trunkline.gateway.upstream.SecretHash;
import io.trunkline.gateway.upstream.UpstreamCounters;
import io.trunkline.smpp.codec.BindDecoder;
import io.trunkline.smpp.codec.CancelDecoder;
import io.trunkline.smpp.codec.CommandStatus;
import io.trunkline.smpp.codec.OutboundSm;
import io.trunkline.smpp.codec.QueryDecoder;
import io.trunkline.smpp.codec.SmDecoder;
import io.trunkline.smpp.codec.SmRespDecoder;
import io.trunkline.smpp.codec.SubmitMultiDecoder;
import io.trunkline.smpp.session.CloseCause;
import io.trunkline.smpp.session.McListener;
import io.trunkline.smpp.session.McSession;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the sessions of tenants' SMPP clients do to the gateway: binds are let in or not, submits go to the desk and are
 * answered at once, events become deliveries. All on one event loop.
 */
final class SmppUpstream implements McListener {
    /** The output of a connection, kept where the session's listener finds it. */
    static final AttributeKey<CountedOutput> OUTPUT = AttributeKey.valueOf(SmppUpstream.class, "output");

    private final SmppServerContext context;
    private final UpstreamCounters counters;
    private final DeliveryContext deliveries;
    private final SmppRequests requests;
    private final List<McSession> bound = new ArrayList<>();
    private final Map<String, DeliveryFeed> feeds = new HashMap<>();
    private Map<String, SmppAccount> accounts;
    private boolean draining;

    SmppUpstream(final SmppServerContext context, final Map<String, SmppAccount> accounts) {
        this.context = context;
        this.counters = context.counters();
        final SubmitMemory memory = new SubmitMemory(context.settings().submitsRemembered());
        this.deliveries = new DeliveryContext(
                context.settings(),
                context.events(),
                memory,
                new ReceiptWriter(memory),
                new InboundWriter(),
                new OutboundSm(),
                counters,
                context.nanoClock());
        this.requests = new SmppRequests(context, memory);
        accounts(accounts);
    }

    private void accounts(final Map<String, SmppAccount> renewed) {
        accounts = Map.copyOf(renewed);
        final Map<String, Account> plain = new HashMap<>();
        accounts.forEach((systemId, account) -> plain.put(systemId, account.account()));
        context.doorkeeper().accounts(plain);
    }

    // ---- binds ----

    @Override
    public int onBindRequest(final McSession session, final BindDecoder bind) {
        if (draining) {
            return SmppStatuses.ofBind(ErrorCode.DRAINING);
        }
        final byte[] password = new byte[bind.passwordLength()];
        bind.buffer().getBytes(bind.passwordOffset(), password);
        final Admission admission = context.doorkeeper()
                .admit(
                        session.systemId(),
                        SecretHash.of(password),
                        addressOf(session),
                        TimeUnit.NANOSECONDS.toMillis(context.nanoClock().nanoTime()));
        if (admission instanceof Admission.Refused refused) {
            final int status = SmppStatuses.ofBind(refused.code());
            // Every refusal waits the same time, so that the time betrays no reason.
            final ScheduledFuture<?> unused = session.channel()
                    .eventLoop()
                    .schedule(
                            () -> session.answerBind(status),
                            context.settings().refusalDelayMs(),
                            TimeUnit.MILLISECONDS);
            return DEFER;
        }
        final SmppAccount account = accounts.get(session.systemId());
        if (boundAs(session.systemId()) >= account.account().maxSessions()) {
            counters.sessionsOverCap++;
            return SmppStatuses.ofBind(ErrorCode.TOO_MANY_SESSIONS);
        }
        final Channel channel = session.channel();
        session.attach(
                new SmppSession(account, new AnswerGate(channel.attr(OUTPUT).get())));
        return CommandStatus.ESME_ROK;
    }

    /** Who has no Internet address sits on this machine. */
    private static InetAddress addressOf(final McSession session) {
        return session.remoteAddress() instanceof InetSocketAddress inet
                ? inet.getAddress()
                : InetAddress.getLoopbackAddress();
    }

    private int boundAs(final String systemId) {
        int count = 0;
        for (final McSession session : bound) {
            count += session.systemId().equals(systemId) ? 1 : 0;
        }
        return count;
    }

    @Override
    public void onBound(final McSession session) {
        final SmppSession kept = (SmppSession) session.attachment();
        kept.bound = true;
        bound.add(session);
        counters.connectionsAccepted++;
        session.channel().pipeline().addLast(kept.gate);
        if (session.bindType().delivers()) {
            kept.feed =
                    feeds.computeIfAbsent(session.systemId(), systemId -> new DeliveryFeed(deliveries, kept.account));
            kept.feed.add(session);
        }
    }

    @Override
    public void onClosed(final McSession session, final CloseCause cause) {
        if (cause == CloseCause.SLOW_READER) {
            counters.slowReaders++;
        } else if (cause == CloseCause.DEAD_PEER || cause == CloseCause.IDLE) {
            counters.idleTimeouts++;
        } else if (cause == CloseCause.PROTOCOL_ERROR) {
            counters.malformed++;
        } else if (cause == CloseCause.TLS_FAILED) {
            counters.tlsFailures++;
        } else if (cause == CloseCause.BIND_TIMEOUT) {
            counters.helloTimeouts++;
        }
        if (session.attachment() instanceof SmppSession kept && kept.bound) {
            counters.connectionsClosed++;
            bound.remove(session);
            if (kept.feed != null) {
                kept.feed.remove(session);
                if (kept.feed.idle()) {
                    feeds.remove(session.systemId());
                } else {
                    kept.feed.pump(context.nanoClock().nanoTime());
                }
            }
        }
    }

    // ---- requests ----

    @Override
    public void onSubmit(final McSession session, final int sequence, final SmDecoder sm) {
        requests.submit(session, sequence, sm, false);
    }

    @Override
    public void onDataSm(final McSession session, final int sequence, final SmDecoder sm) {
        requests.submit(session, sequence, sm, true);
    }

    @Override
    public void onSubmitMulti(final McSession session, final int sequence, final SubmitMultiDecoder multi) {
        requests.submitMulti(session, sequence, multi);
    }

    @Override
    public void onQuery(final McSession session, final int sequence, final QueryDecoder query) {
        requests.query(session, sequence, query);
    }

    @Override
    public void onCancel(final McSession session, final int sequence, final CancelDecoder cancel) {
        requests.cancel(session, sequence, cancel);
    }

    // ---- deliveries ----

    @Override
    public void onDeliverAnswered(
            final McSession session, final long ticket, final int status, final SmRespDecoder resp) {
        feedOf(session).onAnswered(ticket, status, context.nanoClock().nanoTime());
    }

    @Override
    public void onUnanswered(final McSession session, final long ticket, final CloseCause cause) {
        feedOf(session).onUnanswered(ticket, context.nanoClock().nanoTime());
    }

    @Override
    public void onLateAnswer(final McSession session, final long ticket, final int status, final SmRespDecoder resp) {
        if (status == CommandStatus.ESME_ROK) {
            feedOf(session).onAnswered(ticket, status, context.nanoClock().nanoTime());
        }
    }

    /** Only sessions that receive have deliveries to answer. */
    private static DeliveryFeed feedOf(final McSession session) {
        return ((SmppSession) session.attachment()).feed;
    }

    // ---- the server's ----

    void tick() {
        final long nowNs = context.nanoClock().nanoTime();
        for (final DeliveryFeed feed : feeds.values()) {
            feed.tick(nowNs);
        }
    }

    void drain() {
        draining = true;
        requests.drain();
    }

    /** Takes over the accounts of a new config: whoever is no longer let in is unbound. */
    void accountsChanged(final Map<String, SmppAccount> renewed) {
        accounts(renewed);
        for (final McSession session : List.copyOf(bound)) {
            final SmppSession kept = (SmppSession) session.attachment();
            final SmppAccount account = accounts.get(session.systemId());
            if (account == null
                    || account.account().tenant() != kept.account.account().tenant()
                    || !account.account().allowed().allows(addressOf(session))) {
                session.close(CloseCause.DISABLED);
            } else {
                kept.account = account;
                if (kept.feed != null) {
                    kept.feed.account(account);
                }
            }
        }
    }

    int bound() {
        return bound.size();
    }
}

package io.trunkline.gateway.upstream.binary;

import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.events.CallEvent;
import io.trunkline.gateway.events.EventSink;
import io.trunkline.gateway.events.EventStreams;
import io.trunkline.gateway.events.InboundEvent;
import io.trunkline.gateway.events.StatusEvent;
import io.trunkline.gateway.events.Subscription;

/** The event side of one session: takes events while the window and the output have room. */
final class SessionEvents implements EventSink, SessionRoom.Waiter {
    private final BinarySession session;
    private final int windowSize;
    private EventWindow window;
    private Subscription subscription;
    private boolean holding;

    /** With the window that the client asks for, 0: as large as may be, and never larger than {@code mostWindow}. */
    SessionEvents(final BinarySession session, final long askedWindow, final int mostWindow) {
        this.session = session;
        this.windowSize = askedWindow == 0 || askedWindow > mostWindow ? mostWindow : (int) askedWindow;
    }

    /**
     * Subscribes as Hello asks; null where the tenant has too many subscriptions. A client that has seen more than there
     * is met another journal: it goes on from what is stored for it here.
     */
    Subscription subscribe(
            final EventStreams streams, final int tenant, final HelloReader.Hello hello, final long newest) {
        final long resumeAfter = hello.resumeAfter() > newest ? EventStreams.FROM_STORED_CURSOR : hello.resumeAfter();
        return streams.subscribe(tenant, hello.clientName(), resumeAfter, this);
    }

    /** Welcome has been written: events may follow it. Until then everything that came was refused. */
    void start(final Subscription attached) {
        subscription = attached;
        window = new EventWindow(windowSize, attached.resumedAfter());
        holding = false;
        attached.resume();
    }

    int windowSize() {
        return windowSize;
    }

    @Override
    public boolean onStatus(final StatusEvent event) {
        if (!hasRoom()) {
            return false;
        }
        session.appended(session.encoder().status(session.output(), event, false));
        sent(event.sequence);
        return true;
    }

    @Override
    public boolean onInbound(final InboundEvent event) {
        if (!hasRoom()) {
            return false;
        }
        session.appended(session.encoder().inbound(session.output(), event, false));
        sent(event.sequence);
        return true;
    }

    @Override
    public boolean onCall(final CallEvent event) {
        if (!hasRoom()) {
            return false;
        }
        session.appended(session.encoder().call(session.output(), event, false));
        sent(event.sequence);
        return true;
    }

    @Override
    public void onSuperseded() {
        subscription = null;
        session.counters().superseded++;
        session.goodbye(ErrorCode.SUPERSEDED, 0);
    }

    /** The client has made safe all events up to this one. */
    void acknowledged(final long sequence) {
        session.counters().eventAcks++;
        window.acknowledged(sequence);
        subscription.acknowledge(sequence);
        resumeIfRoom();
    }

    @Override
    public void resumeIfRoom() {
        if (holding && subscription != null && window.open() && session.output().writable()) {
            holding = false;
            subscription.resume();
        }
    }

    void detach() {
        final Subscription attached = subscription;
        subscription = null;
        if (attached != null) {
            attached.detach();
        }
    }

    @Override
    public boolean holding() {
        return holding;
    }

    private boolean hasRoom() {
        if (subscription != null && window.open() && session.output().writable()) {
            return true;
        }
        if (!holding) {
            holding = true;
            session.counters().eventsHeld++;
        }
        return false;
    }

    private void sent(final long sequence) {
        window.sent(sequence);
        session.counters().eventsSent++;
    }
}

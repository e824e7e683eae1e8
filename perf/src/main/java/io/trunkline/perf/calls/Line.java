package io.trunkline.perf.calls;

import io.trunkline.sip.dialog.Dialog;
import io.trunkline.sip.time.Timed;
import io.trunkline.sip.transaction.ClientTransaction;
import io.trunkline.sip.transaction.KeptOctets;
import io.trunkline.sip.transaction.OctetStore;
import io.trunkline.sip.transaction.ServerTransaction;

/** One call as an agent has it: its dialog, its INVITE, and the next moment at which something is to be done. */
public final class Line extends Timed {
    /** Where it stands. */
    public enum State {
        /** Callee: not ringing yet. Caller: nothing heard yet. */
        INVITED,
        RINGING,
        /** Callee: answered, and the ACK is awaited. */
        ANSWERED,
        TALKING,
        /** Caller: CANCEL is sent. */
        CANCELLED,
        /** A BYE is on its way. */
        HANGING_UP,
        OVER
    }

    private final CallAgent agent;
    final Dialog dialog;
    /** Callee: the INVITE as it came, to write responses from. Caller: nothing. */
    final KeptOctets invitation;

    ServerTransaction invitedBy;
    ClientTransaction inviting;
    ClientTransaction leaving;
    long tag;
    long repeatMs;
    long givenUpAtMs;
    private State state = State.OVER;
    /** The agent's: when it was meant to begin. */
    public long intendedNs;
    /** The agent's: what is to become of it. */
    public int plan;

    Line(final CallAgent agent, final OctetStore store) {
        this.agent = agent;
        dialog = new Dialog(store);
        invitation = new KeptOctets(store);
    }

    public State state() {
        return state;
    }

    void become(final State next) {
        state = next;
    }

    void clear() {
        dialog.clear();
        invitation.clear();
        invitedBy = null;
        inviting = null;
        leaving = null;
        tag = 0;
        repeatMs = 0;
        state = State.OVER;
    }

    @Override
    protected void onTimer(final long nowMs) {
        agent.onDue(this, nowMs);
    }
}

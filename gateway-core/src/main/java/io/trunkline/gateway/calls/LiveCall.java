package io.trunkline.gateway.calls;

import io.trunkline.gateway.engine.RouteDecision;
import io.trunkline.sip.call.Call;
import io.trunkline.sip.call.Target;
import io.trunkline.sip.stir.Attestation;
import io.trunkline.sip.stir.Verdict;
import io.trunkline.sip.transport.Destination;
import io.trunkline.sip.trunk.Permit;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the gateway knows of one call: whose it is, where it may go, what it holds. Used again for another call once it has ended,
 * when everything that it held has been given back.
 */
final class LiveCall {
    static final int MAX_NAME = 96;
    static final int MAX_CALL_ID = 128;

    Call call;
    long unitId;
    /** Number of the tenant whose call it is. */
    int tenant;

    boolean inbound;
    /** Where it came from, or for a placed call whose first party is called. */
    Peer caller;

    Permit callerPermit;
    /** Caller's number in E.164 digits; none where it is not known. */
    final UnsafeBuffer from = new UnsafeBuffer(new byte[Numbering.MAX_DIGITS + 1]);

    int fromLength;
    /** Called number in E.164 digits. */
    final UnsafeBuffer to = new UnsafeBuffer(new byte[Numbering.MAX_DIGITS + 1]);

    int toLength;
    /** Display name as it stands in the caller's From, quotes included. */
    final UnsafeBuffer name = new UnsafeBuffer(new byte[MAX_NAME]);

    int nameLength;
    /** The number is what a peer that is believed asserts, not merely what the caller says. */
    boolean asserted;
    /** The caller asked that his number be hidden (RFC 3323). */
    boolean isPrivate;
    /** And said so by a Privacy header, which passes to the other side. */
    boolean privacyGiven;
    /** E.164 digits of who diverted the call last; none where nobody is known to have. */
    final UnsafeBuffer diverter = new UnsafeBuffer(new byte[Numbering.MAX_DIGITS + 1]);

    int diverterLength;
    /** Why, as Diversion says it (RFC 5806). */
    String diversionReason = "";
    /** Of the caller's INVITE; none of a placed call. */
    final UnsafeBuffer callId = new UnsafeBuffer(new byte[MAX_CALL_ID]);

    int callIdLength;
    int inviteLength;
    /** Identity header line that says who calls; empty where the call is not signed. */
    String signature = "";
    /** What it vouches for. */
    Attestation attestation;
    /** What the caller's own signature is worth; null where it was not looked at. */
    Verdict verdict;

    final RouteDecision route = new RouteDecision();
    /** Place of the next carrier in {@link #route}. */
    int nextCarrier;
    /** Trunks of the carrier that is tried. */
    List<Peer> trunks = List.of();

    int nextTrunk;
    /** Number of the treatment that the carrier wants. */
    int treatment;

    /** The trunk that is tried or has answered; null before the first. */
    Peer trunk;

    Permit permit;
    /** Where redirections lead to, in the order in which it is tried. */
    final List<Redirects.Way> redirects = new ArrayList<>(0);

    int nextRedirect;
    /** Request-URI of the redirection that is followed; null for none. */
    String redirectUri;

    final List<Destination> candidates = new ArrayList<>(2);
    int nextCandidate;
    /** The candidate that did not take a large INVITE over TCP is tried over UDP (RFC 3261 §18.1.1). */
    boolean overUdp;
    /** Of a placed call: the party that is called first; else null. */
    Target first;
    /** Whom the last attempt went to: the trunk, or the first party's platform; null before the first. */
    Peer at;
    /** And at which address. */
    Destination destination;
    /** The last attempt. */
    Target target;

    final List<Target> targets = new ArrayList<>(2);
    /** An INVITE is out, and nothing final has come of it. */
    boolean trying;

    long attemptedAtMs;
    /** The attempt's target has said something. */
    boolean heard;
    /** The attempt's target has said that it rings. */
    boolean ringing;
    /** Milliseconds until it first rang or answered, or -1. */
    long setupMs;
    /** What sixty seconds of it cost, in millionths; 0 where nobody counts. */
    long costPerMinute;
    /** What has been counted of that. */
    long costCounted;

    void begin(final Call itsCall, final Peer from) {
        call = itsCall;
        unitId = 0;
        tenant = 0;
        caller = from;
        inbound = false;
        callerPermit = null;
        fromLength = 0;
        toLength = 0;
        nameLength = 0;
        asserted = false;
        isPrivate = false;
        privacyGiven = false;
        diverterLength = 0;
        diversionReason = "";
        callIdLength = 0;
        inviteLength = 0;
        signature = "";
        attestation = null;
        verdict = null;
        route.clear();
        nextCarrier = 0;
        trunks = List.of();
        nextTrunk = 0;
        treatment = 0;
        trunk = null;
        permit = null;
        redirects.clear();
        nextRedirect = 0;
        redirectUri = null;
        candidates.clear();
        nextCandidate = 0;
        overUdp = false;
        first = null;
        at = null;
        destination = null;
        target = null;
        trying = false;
        heard = false;
        ringing = false;
        setupMs = -1;
        costPerMinute = 0;
        costCounted = 0;
    }

    /** Gives back what the attempt at a trunk holds. */
    void leaveTrunk() {
        if (permit != null) {
            permit.release();
            permit = null;
            trunk.left();
        }
    }

    /** Gives everything back; the object may serve another call. */
    void clear() {
        leaveTrunk();
        if (callerPermit != null) {
            callerPermit.release();
            callerPermit = null;
            caller.left();
        }
        targets.clear();
        redirects.clear();
        candidates.clear();
        call = null;
        caller = null;
        trunk = null;
        first = null;
        at = null;
        destination = null;
        target = null;
        trunks = List.of();
    }

    /** Whether a target is the party that is called first in a call that was placed. */
    boolean isFirst(final Target target) {
        return first != null && target.equals(first);
    }

    /** What we vouch for to a target whose turn it is; null where it gets no signature. */
    Attestation signedFor(final Target target) {
        return signature.isEmpty() || isFirst(target) || !CallTrust.mayShow(this, trunk, treatment)
                ? null
                : attestation;
    }

    /** An INVITE goes out. */
    void attempt(final Target now, final long nowMs) {
        target = now;
        at = isFirst(now) ? caller : trunk;
        destination = (Destination) now.attachment();
        trying = true;
        heard = false;
        ringing = false;
        setupMs = -1;
        attemptedAtMs = nowMs;
    }

    /** Takes the place that the caller's side has. */
    void hold(final Permit itsPermit) {
        callerPermit = itsPermit;
        caller.joined();
    }

    /** It rings, or is answered without having rung. */
    void setUp(final long nowMs) {
        if (setupMs < 0) {
            setupMs = nowMs - attemptedAtMs;
        }
    }

    static String text(final DirectBuffer octets, final int length) {
        return octets.getStringWithoutLengthAscii(0, length);
    }
}

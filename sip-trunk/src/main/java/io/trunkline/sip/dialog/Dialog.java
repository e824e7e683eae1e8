package io.trunkline.sip.dialog;

import io.trunkline.sip.message.Octets;
import io.trunkline.sip.message.Range;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.transaction.Hop;
import io.trunkline.sip.transaction.KeptOctets;
import io.trunkline.sip.transaction.OctetStore;
import org.agrona.DirectBuffer;

/**
 * A dialog (RFC 3261 §12) with one peer. Its octets, as {@link DialogReader} lays them out:
 *
 * <pre>
 *   Call-ID | local address with our tag | remote address with its tag | Route lines | remote target
 * </pre>
 *
 * The remote target is last, so that a target refresh (§12.2) replaces it in place. Made once, used for many dialogs.
 */
public final class Dialog {
    /** {@link #remoteCseq()}: the peer has sent no request yet. */
    public static final long NO_CSEQ = -1;

    final KeptOctets octets;
    long callId;
    long local;
    long remote;
    long remoteTag;
    long routes;
    long firstRoute;
    long firstRouteUri;
    long target;
    boolean strictRoute;
    Hop established;
    private Hop hop;
    private LocalEnd end;
    private long localCseq;
    private long remoteCseq;

    /** No dialog yet. */
    public Dialog(final OctetStore store) {
        octets = new KeptOctets(store);
        clear();
    }

    /** Forgets the dialog. */
    public void clear() {
        octets.clear();
        callId = Range.NONE;
        remoteTag = Range.NONE;
        target = Range.NONE;
        established = null;
        hop = null;
        end = null;
        localCseq = 0;
        remoteCseq = NO_CSEQ;
    }

    /** Whether there is a dialog. */
    public boolean exists() {
        return !octets.isEmpty();
    }

    void go(final Hop over, final LocalEnd as) {
        hop = over;
        end = as;
    }

    void number(final long ours, final long theirs) {
        localCseq = ours;
        remoteCseq = theirs;
    }

    DirectBuffer buffer() {
        return octets.buffer();
    }

    /** Whether a request that has our tag in To is of this dialog: Call-ID and the peer's tag agree (§12.2.2). */
    public boolean matches(final SipMessage request) {
        return exists()
                && Octets.equal(octets.buffer(), callId, request.buffer(), request.callId())
                && Octets.equal(octets.buffer(), remoteTag, request.buffer(), request.fromTag());
    }

    /** Whether a response to our request comes from this dialog's peer and not from another branch of a fork. */
    public boolean isFrom(final SipMessage response) {
        return exists() && Octets.equal(octets.buffer(), remoteTag, response.buffer(), response.toTag());
    }

    /** CSeq number for the next request of ours. */
    public long nextCseq() {
        localCseq++;
        return localCseq;
    }

    /** CSeq number of our last request. */
    public long localCseq() {
        return localCseq;
    }

    /** CSeq number of the peer's last request, or {@link #NO_CSEQ}. */
    public long remoteCseq() {
        return remoteCseq;
    }

    /** Notes the CSeq of a request; false where it is not higher than the last one's (§12.2.2: answer 500). */
    public boolean inOrder(final SipMessage request) {
        if (request.cseq() <= remoteCseq) {
            return false;
        }
        remoteCseq = request.cseq();
        return true;
    }

    /** The Request-URI of our requests as text, for credentials: it allocates. */
    public String targetText() {
        return Octets.text(octets.buffer(), strictRoute ? firstRouteUri : target);
    }

    /** Where requests go. */
    public Hop hop() {
        return hop;
    }

    /** How we name ourselves to the peer. */
    public LocalEnd end() {
        return end;
    }
}

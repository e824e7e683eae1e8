package io.trunkline.sip.call;

import io.trunkline.sip.message.SipMessage;

/** Decides where calls go. */
public interface CallRouter {
    /**
     * Asked about an INVITE that would make a call, before anything is kept of it: one that is rejected costs one answer, however many
     * there are of them, and whether its sender acknowledges it or not. If it is not rejected, {@link #onOffer} follows at once, unless
     * there is no room to keep it.
     *
     * @param invite valid during this call only; perhaps a copy of one that was rejected
     * @return null for one that may come in
     */
    default Rejection rejects(final SipMessage invite) {
        return null;
    }

    /**
     * An INVITE that is to make a call. Answer with {@link Call#route} or {@link Call#refuse}, from within or later; without an
     * answer the call ends by itself after {@link CallLimits#offerMs()}.
     *
     * @param call valid until {@link CallListener#onEnded} returns
     * @param invite valid during this call only
     */
    void onOffer(Call call, SipMessage invite);
}

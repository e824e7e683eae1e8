package io.trunkline.sip.call;

import io.trunkline.sip.message.SipMessage;

/** Decides where calls go. */
public interface CallRouter {
    /**
     * An INVITE that is to make a call. Answer with {@link Call#route} or {@link Call#refuse}, from within or later; without an
     * answer the call ends by itself after {@link CallLimits#offerMs()}.
     *
     * @param call valid until {@link CallListener#onEnded} returns
     * @param invite valid during this call only
     */
    void onOffer(Call call, SipMessage invite);
}

package io.trunkline.sip.dialog;

import io.trunkline.sip.message.SipUri;
import io.trunkline.sip.transaction.Hop;

/** Ways to the peers of dialogs: transport and policy of the owner's. Never waits: names are resolved elsewhere. */
public interface DialogHops {
    /**
     * Where requests in a dialog go.
     *
     * @param established where the message came from that made the dialog, or where the INVITE went
     * @param next the first route, or the remote target; valid during the call only
     * @return a way to it, or {@code established} to stay with the peer that is known, as behind NAT
     */
    Hop next(Hop established, SipUri next);

    /** How we name ourselves over this way. */
    LocalEnd localEnd(Hop hop);
}

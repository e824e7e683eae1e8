package io.trunkline.sip.trunk;

import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.transaction.ClientTransaction;
import io.trunkline.sip.transaction.Hop;
import io.trunkline.sip.transaction.ServerTransaction;
import io.trunkline.sip.transaction.TransactionEnd;
import io.trunkline.sip.transaction.TransactionUser;

/** Between the transaction layer and calls: takes what belongs to the trunks' own requests, and passes the rest on. */
final class TrunkUser implements TransactionUser {
    private final TransactionUser calls;

    TrunkUser(final TransactionUser calls) {
        this.calls = calls;
    }

    @Override
    public boolean admits(final SipMessage request, final Hop source) {
        return calls.admits(request, source);
    }

    @Override
    public boolean isInDialog(final SipMessage request) {
        return calls.isInDialog(request);
    }

    @Override
    public void onRequest(final ServerTransaction transaction, final SipMessage request) {
        calls.onRequest(transaction, request);
    }

    @Override
    public void onCancel(final ServerTransaction cancel, final ServerTransaction invite, final SipMessage request) {
        calls.onCancel(cancel, invite, request);
    }

    @Override
    public void onAck(final ServerTransaction invite, final SipMessage ack, final Hop source) {
        calls.onAck(invite, ack, source);
    }

    @Override
    public void onResponse(final ClientTransaction transaction, final SipMessage response) {
        if (transaction.attachment() instanceof OwnRequest own) {
            own.onResponse(transaction, response);
        } else {
            calls.onResponse(transaction, response);
        }
    }

    @Override
    public void onStrayResponse(final SipMessage response, final Hop source) {
        calls.onStrayResponse(response, source);
    }

    @Override
    public void onEnded(final ClientTransaction transaction, final TransactionEnd end) {
        if (transaction.attachment() instanceof OwnRequest own) {
            own.onEnded(end);
        } else {
            calls.onEnded(transaction, end);
        }
    }

    @Override
    public void onEnded(final ServerTransaction transaction, final TransactionEnd end) {
        calls.onEnded(transaction, end);
    }
}

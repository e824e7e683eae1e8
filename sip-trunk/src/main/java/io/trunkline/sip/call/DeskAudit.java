package io.trunkline.sip.call;

/**
 * What a desk holds: all zero once every call has ended and its transactions have gone.
 *
 * @param calls calls that have not ended
 * @param lingering calls that have ended and wait for their last transactions
 * @param dialogs tags by which dialogs are found
 * @param invites INVITEs that have a transaction, by what their copies would share
 * @param deadlines calls with a deadline
 * @param blocks blocks of octets in use
 */
public record DeskAudit(int calls, int lingering, int dialogs, int invites, int deadlines, int blocks) {
    /** Whether nothing is left. */
    public boolean isEmpty() {
        return calls == 0 && lingering == 0 && dialogs == 0 && invites == 0 && deadlines == 0 && blocks == 0;
    }
}

package io.trunkline.gateway.carrier;

import io.trunkline.gateway.config.ReceiptProfile;
import io.trunkline.smpp.receipt.MessageIdForm;
import io.trunkline.smpp.receipt.MessageIdKey;
import io.trunkline.smpp.receipt.MessageIds;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A carrier's message ids: one form in its answers, maybe another in its receipts, one key for both. */
public final class CarrierMessageIds implements io.trunkline.gateway.engine.MessageIds {
    /** The keys are kept in checkpoints, so the seed may never change; a carrier that knew it could only harm itself. */
    private static final long SEED_0 = 0x7472756E6B6C696EL;

    private static final long SEED_1 = 0x652D6D7367696473L;

    private final MessageIdForm answerForm;
    private final MessageIdForm receiptForm;
    private final MessageIds ids = new MessageIds();
    private final MessageIdKey key = new MessageIdKey(SEED_0, SEED_1);
    private final UnsafeBuffer normal = new UnsafeBuffer(new byte[MessageIds.MAX_LENGTH]);

    public CarrierMessageIds(final ReceiptProfile profile) {
        answerForm = MessageIdForm.valueOf(profile.answerId().name());
        receiptForm = MessageIdForm.valueOf(profile.receiptId().name());
    }

    @Override
    public void answer(final DirectBuffer buffer, final int offset, final int length) {
        set(answerForm, buffer, offset, length);
    }

    @Override
    public void receipt(final DirectBuffer buffer, final int offset, final int length) {
        set(receiptForm, buffer, offset, length);
    }

    private void set(final MessageIdForm form, final DirectBuffer buffer, final int offset, final int length) {
        key.set(normal, 0, ids.normalise(form, buffer, offset, length, normal, 0));
    }

    @Override
    public long hi() {
        return key.hi();
    }

    @Override
    public long lo() {
        return key.lo();
    }
}

package io.trunkline.smpp.receipt;

import io.trunkline.smpp.text.TextProfile;

/**
 * How one carrier's receipts are recognised.
 *
 * @param acceptUnmarked a deliver_sm whose esm_class does not mark it is a receipt as well if its text is a whole one of
 *     Appendix B, or if it has both receipted_message_id and message_state. Whoever may send inbound messages can then forge
 *     receipts, so off unless the carrier needs it
 * @param idInText where there is no id elsewhere, the first word of the {@code text} field is one
 * @param profile what the carrier's data codings mean, for receipts that are not ASCII
 */
public record ReceiptOptions(boolean acceptUnmarked, boolean idInText, TextProfile profile) {
    public static final ReceiptOptions DEFAULT = new ReceiptOptions(false, false, TextProfile.DEFAULT);
}

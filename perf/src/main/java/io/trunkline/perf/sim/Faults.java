package io.trunkline.perf.sim;

import static io.trunkline.perf.sim.SimSetting.*;

import io.trunkline.perf.wire.Smpp;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How a simulator behaves: immutable, swapped as a whole while it runs. */
public final class Faults {
    /** Receipts for nothing, for what was asked, for everything. */
    enum ReceiptPolicy {
        NONE,
        REQUESTED,
        ALWAYS
    }

    final Latency answerDelay;
    final double answerMissing;
    final WeightedMix answerErrors;
    final int throttleTps;
    final MessageIdForm messageIds;
    final ReceiptPolicy receipts;
    final Latency receiptDelay;
    final WeightedMix receiptStates;
    final double receiptLost;
    final double receiptDuplicated;
    final double receiptEarly;
    final double receiptOtherBind;
    final boolean receiptText;
    final boolean receiptTlv;
    final boolean receiptAsDataSm;
    final int receiptWindow;
    final long receiptRetryMs;
    final int disconnectEvery;
    final long disconnectIntervalMs;
    final int bindStatus;
    final int maxBinds;
    final boolean reading;
    final double moRate;
    final int moParts;
    final long moTo;
    final long enquireEveryMs;

    private final SettingValues<SimSetting> values;

    private Faults(final SettingValues<SimSetting> values) {
        this.values = values;
        answerDelay = values.read(ANSWER_DELAY, Latency::parse);
        answerMissing = values.fraction(ANSWER_MISSING);
        answerErrors = values.read(ANSWER_ERRORS, text -> WeightedMix.parse(text, Smpp.OK, Integer::decode));
        throttleTps = values.read(THROTTLE_TPS, Integer::decode);
        messageIds = values.read(MESSAGE_IDS, Faults::idForm);
        receipts = values.read(RECEIPTS, text -> ReceiptPolicy.valueOf(text.toUpperCase(Locale.ROOT)));
        receiptDelay = values.read(RECEIPT_DELAY, Latency::parse);
        receiptStates = values.read(
                RECEIPT_STATES,
                text -> WeightedMix.parse(
                        text,
                        ReceiptState.DELIVRD.messageState,
                        name -> ReceiptState.valueOf(name.toUpperCase(Locale.ROOT)).messageState));
        receiptLost = values.fraction(RECEIPT_LOST);
        receiptDuplicated = values.fraction(RECEIPT_DUPLICATED);
        receiptEarly = values.fraction(RECEIPT_EARLY);
        receiptOtherBind = values.fraction(RECEIPT_OTHER_BIND);
        final String form = values.oneOf(RECEIPT_FORM, "text", "tlv", "both");
        receiptText = !"tlv".equals(form);
        receiptTlv = !"text".equals(form);
        receiptAsDataSm = "data_sm".equals(values.oneOf(RECEIPT_COMMAND, "deliver_sm", "data_sm"));
        receiptWindow = values.between(RECEIPT_WINDOW, 1, 1 << 20);
        receiptRetryMs = values.read(RECEIPT_RETRY, Latency::parseMs);
        disconnectEvery = values.read(DISCONNECT_EVERY, Integer::decode);
        disconnectIntervalMs = values.read(DISCONNECT_INTERVAL, Latency::parseMs);
        bindStatus = values.read(BIND_STATUS, Integer::decode);
        maxBinds = values.between(MAX_BINDS, 0, 1_000_000);
        reading = "on".equals(values.oneOf(READING, "on", "off"));
        moRate = values.read(MO_RATE, Double::parseDouble);
        moParts = values.between(MO_PARTS, 1, 9);
        moTo = values.read(MO_TO, Long::parseLong);
        enquireEveryMs = values.read(ENQUIRE_EVERY, Latency::parseMs);
    }

    /** A carrier without faults: answers and receipts at once. */
    public static Faults none() {
        return new Faults(SettingValues.initial(SimSetting.class));
    }

    /**
     * These with one setting changed.
     *
     * @throws IllegalArgumentException naming the setting and what is wrong with the value
     */
    public Faults with(final SimSetting setting, final String value) {
        return new Faults(values.with(setting, value));
    }

    /**
     * These with one setting, given by its name, changed.
     *
     * @throws IllegalArgumentException naming the setting and what is wrong
     */
    public Faults with(final String key, final String value) {
        return with(values.named(key), value);
    }

    /** All settings as text. */
    public Map<SimSetting, String> values() {
        return values.all();
    }

    private static MessageIdForm idForm(final String key) {
        for (final MessageIdForm form : MessageIdForm.values()) {
            if (form.key().equals(key)) {
                return form;
            }
        }
        throw new IllegalArgumentException("known are: "
                + Arrays.stream(MessageIdForm.values()).map(MessageIdForm::key).collect(Collectors.joining(", ")));
    }
}

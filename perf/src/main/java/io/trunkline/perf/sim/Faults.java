package io.trunkline.perf.sim;

import static io.trunkline.perf.sim.SimSetting.*;

import io.trunkline.perf.wire.Smpp;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
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

    private final Map<SimSetting, String> values;

    private Faults(final Map<SimSetting, String> values) {
        this.values = values;
        answerDelay = read(ANSWER_DELAY, Latency::parse);
        answerMissing = fraction(ANSWER_MISSING);
        answerErrors = read(ANSWER_ERRORS, text -> WeightedMix.parse(text, Smpp.OK, Integer::decode));
        throttleTps = read(THROTTLE_TPS, Integer::decode);
        messageIds = read(MESSAGE_IDS, Faults::idForm);
        receipts = read(RECEIPTS, text -> ReceiptPolicy.valueOf(text.toUpperCase(Locale.ROOT)));
        receiptDelay = read(RECEIPT_DELAY, Latency::parse);
        receiptStates = read(
                RECEIPT_STATES,
                text -> WeightedMix.parse(
                        text,
                        ReceiptState.DELIVRD.messageState,
                        name -> ReceiptState.valueOf(name.toUpperCase(Locale.ROOT)).messageState));
        receiptLost = fraction(RECEIPT_LOST);
        receiptDuplicated = fraction(RECEIPT_DUPLICATED);
        receiptEarly = fraction(RECEIPT_EARLY);
        receiptOtherBind = fraction(RECEIPT_OTHER_BIND);
        final String form = oneOf(RECEIPT_FORM, "text", "tlv", "both");
        receiptText = !"tlv".equals(form);
        receiptTlv = !"text".equals(form);
        receiptAsDataSm = "data_sm".equals(oneOf(RECEIPT_COMMAND, "deliver_sm", "data_sm"));
        receiptWindow = between(RECEIPT_WINDOW, 1, 1 << 20);
        receiptRetryMs = read(RECEIPT_RETRY, Latency::parseMs);
        disconnectEvery = read(DISCONNECT_EVERY, Integer::decode);
        disconnectIntervalMs = read(DISCONNECT_INTERVAL, Latency::parseMs);
        bindStatus = read(BIND_STATUS, Integer::decode);
        maxBinds = between(MAX_BINDS, 0, 1_000_000);
        reading = "on".equals(oneOf(READING, "on", "off"));
        moRate = read(MO_RATE, Double::parseDouble);
        moParts = between(MO_PARTS, 1, 9);
        moTo = read(MO_TO, Long::parseLong);
        enquireEveryMs = read(ENQUIRE_EVERY, Latency::parseMs);
    }

    /** A carrier without faults: answers and receipts at once. */
    public static Faults none() {
        final Map<SimSetting, String> initial = new EnumMap<>(SimSetting.class);
        for (final SimSetting setting : SimSetting.values()) {
            initial.put(setting, setting.initial());
        }
        return new Faults(initial);
    }

    /**
     * These with one setting changed.
     *
     * @throws IllegalArgumentException naming the setting and what is wrong with the value
     */
    public Faults with(final SimSetting setting, final String value) {
        final Map<SimSetting, String> changed = new EnumMap<>(values);
        changed.put(setting, value.strip());
        return new Faults(changed);
    }

    /**
     * These with one setting, given by its name, changed.
     *
     * @throws IllegalArgumentException naming the setting and what is wrong
     */
    public Faults with(final String key, final String value) {
        final SimSetting setting = SimSetting.of(key)
                .orElseThrow(() -> new IllegalArgumentException("there is no setting '" + key + "'; there are: "
                        + Arrays.stream(SimSetting.values())
                                .map(SimSetting::key)
                                .collect(Collectors.joining(", "))));
        return with(setting, value);
    }

    /** All settings as text. */
    public Map<SimSetting, String> values() {
        return Collections.unmodifiableMap(values);
    }

    private interface Reader<T> {
        T read(String text);
    }

    private <T> T read(final SimSetting setting, final Reader<T> reader) {
        final String text = values.get(setting);
        try {
            return reader.read(text);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    setting.key() + ": '" + text + "' does not fit: " + setting.help() + " (" + e.getMessage() + ")",
                    e);
        }
    }

    private double fraction(final SimSetting setting) {
        return read(setting, text -> {
            final double percent = Double.parseDouble(text);
            if (percent < 0 || percent > 100) {
                throw new IllegalArgumentException("not between 0 and 100");
            }
            return percent / 100;
        });
    }

    private int between(final SimSetting setting, final int least, final int most) {
        return read(setting, text -> {
            final int value = Integer.decode(text);
            if (value < least || value > most) {
                throw new IllegalArgumentException("not between " + least + " and " + most);
            }
            return value;
        });
    }

    private String oneOf(final SimSetting setting, final String... allowed) {
        return read(setting, text -> {
            if (!Arrays.asList(allowed).contains(text)) {
                throw new IllegalArgumentException("not one of " + String.join(", ", allowed));
            }
            return text;
        });
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

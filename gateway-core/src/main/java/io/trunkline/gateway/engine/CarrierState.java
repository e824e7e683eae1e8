package io.trunkline.gateway.engine;

import io.trunkline.gateway.config.Carrier;
import io.trunkline.gateway.config.MessageClass;
import io.trunkline.smpp.text.TextProfile;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One carrier as the engine runs it: its queue, its links, and which of its message ids stand for what. */
final class CarrierState {
    private static final MessageClass[] CLASSES = MessageClass.values();
    /** Bodies read back from the journal at once. */
    private static final int LOADING_LIMIT = 512;

    private final int number;
    private Carrier config;
    private TextProfile text;
    private MessageIds messageIds;
    private StatusTable commandStatuses;
    private StatusTable sipStatuses;
    private final Map<ErrorCode, Carrier.RetryRule> retryRules = new EnumMap<>(ErrorCode.class);
    private boolean drained;

    final CarrierQueue queue = new CarrierQueue();
    final ReceiptCorrelator correlator;
    final EarlyReceipts early;
    final RecentReceipts recent;
    final InDoubtUnits inDoubt;
    /** Links that are up. */
    final List<LinkState> links = new ArrayList<>();

    /** Segments written and not answered. */
    int outstanding;
    /** Units that wait here with their body in memory. */
    int bodiesHeld;
    /** Units whose body is being read back from the journal. */
    int loading;
    /** Units sent through this carrier that wait for receipts. */
    int awaitingReceipt;
    /** When its last bind went down, ms; 0 while one is up. */
    long downSinceMs;

    long segmentsWritten;
    long segmentsAccepted;
    long segmentsRefused;
    long segmentsThrottled;
    long receipts;
    long delivered;
    long undelivered;
    long inbound;
    private int nextLink;

    CarrierState(
            final int number,
            final Carrier config,
            final TextProfile text,
            final MessageIds messageIds,
            final EngineLimits limits,
            final UnitRegistry units) {
        this.number = number;
        correlator = new ReceiptCorrelator(units);
        early = new EarlyReceipts(limits.earlyReceipts(), limits.earlyReceiptHoldMs());
        recent = new RecentReceipts(limits.earlyReceipts());
        inDoubt = new InDoubtUnits(limits.earlyReceipts());
        configure(config, text, messageIds);
    }

    void configure(final Carrier newConfig, final TextProfile newText, final MessageIds newMessageIds) {
        config = newConfig;
        text = newText;
        messageIds = newMessageIds;
        commandStatuses = StatusTable.smpp(newConfig.errors().commandStatus());
        sipStatuses = StatusTable.sip(newConfig.errors().sipStatus());
        for (final ErrorCode code : ErrorCode.values()) {
            retryRules.put(code, newConfig.retryFor(code));
        }
    }

    int number() {
        return number;
    }

    Carrier config() {
        return config;
    }

    TextProfile text() {
        return text;
    }

    MessageIds messageIds() {
        return messageIds;
    }

    StatusTable statuses(final CarrierProtocol protocol) {
        return protocol == CarrierProtocol.SIP ? sipStatuses : commandStatuses;
    }

    Carrier.RetryRule retryRule(final ErrorCode code) {
        return retryRules.get(code);
    }

    Carrier.Doubt doubt(final Unit unit) {
        return config.inDoubt().of(CLASSES[unit.messageClass - 1]);
    }

    /** Takes new units. */
    boolean open() {
        return config.enabled() && !drained;
    }

    void drained(final boolean value) {
        drained = value;
    }

    boolean isDrained() {
        return drained;
    }

    boolean up() {
        return !links.isEmpty();
    }

    /** Units that wait for this carrier. */
    int waiting() {
        return queue.size() + loading;
    }

    boolean queueFull() {
        return waiting() >= config.queue().inMemory() + config.queue().overflow();
    }

    /**
     * Whether a unit's body stays in memory. Where units of its line wait without theirs it does not: a body behind
     * them would keep the memory that they need first.
     */
    boolean mayHoldBody(final Unit unit) {
        return bodiesHeld < config.queue().inMemory() && !queue.spilled(unit);
    }

    /** Whether another body may be read back; there is room for them beyond that of units newly accepted. */
    boolean mayLoad() {
        return loading < LOADING_LIMIT && bodiesHeld + loading < config.queue().inMemory() + LOADING_LIMIT;
    }

    /** The next link in turn that may write a segment now, or null. */
    LinkState readyLink(final long nowNs) {
        final int count = links.size();
        for (int i = 0; i < count; i++) {
            nextLink = nextLink + 1 >= count ? 0 : nextLink + 1;
            final LinkState link = links.get(nextLink);
            if (link.link.ready(nowNs)) {
                return link;
            }
        }
        return null;
    }
}

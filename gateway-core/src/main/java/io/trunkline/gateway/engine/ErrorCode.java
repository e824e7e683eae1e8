package io.trunkline.gateway.engine;

/**
 * Why a submit was refused or a unit ended as it did: one numeric list, stable for ever. A code is never reused and
 * never changes its meaning; new ones are added. {@code docs/reference/error-codes.md} is generated from here.
 *
 * <p>Thousands tell the class: 1 client, 2 network and carrier state, 3 carrier's verdict, 9 internal.
 */
public enum ErrorCode {
    NONE(0, Cause.NONE, Origin.OURS, false, false, true, "No error."),

    // 10xx: the submit itself; synchronous refusals, no unit comes of them.
    MALFORMED(
            1001, Cause.CLIENT, Origin.OURS, false, false, false, "The frame or PDU cannot be read. Fix the encoder."),
    NOT_AUTHENTICATED(1002, Cause.CLIENT, Origin.OURS, false, false, false, "Unknown tenant or wrong token."),
    ADDRESS_NOT_ALLOWED(
            1003, Cause.CLIENT, Origin.OURS, false, false, false, "The peer's address is not on the allow-list."),
    LOCKED_OUT(1004, Cause.CLIENT, Origin.OURS, true, false, false, "Too many failed attempts; wait."),
    TOO_MANY_SESSIONS(
            1005, Cause.CLIENT, Origin.OURS, true, false, false, "The tenant has all the sessions it may have."),
    VERSION_NOT_SUPPORTED(
            1006, Cause.CLIENT, Origin.OURS, false, false, false, "The protocol version is not spoken here."),
    WRONG_STATE(
            1007, Cause.CLIENT, Origin.OURS, false, false, false, "This message may not come now on this connection."),
    TIMED_OUT(1008, Cause.CLIENT, Origin.OURS, true, false, false, "Nothing was heard from the peer in time."),
    SLOW_READER(1009, Cause.CLIENT, Origin.OURS, true, false, false, "The peer does not read what it is sent."),
    INVALID_DESTINATION(1010, Cause.CLIENT, Origin.OURS, false, false, false, "`to` is not an E.164 number."),
    INVALID_SENDER(1011, Cause.CLIENT, Origin.OURS, false, false, false, "`from` does not fit its sender type."),
    EMPTY_BODY(1012, Cause.CLIENT, Origin.OURS, false, false, false, "The message has no body."),
    BODY_TOO_LONG(1013, Cause.CLIENT, Origin.OURS, false, false, false, "The body needs more segments than allowed."),
    INVALID_BODY(
            1014,
            Cause.CLIENT,
            Origin.OURS,
            false,
            false,
            false,
            "The body is not UTF-8, or its data coding and header disagree."),
    INVALID_VALIDITY(
            1015,
            Cause.CLIENT,
            Origin.OURS,
            false,
            false,
            false,
            "The validity or the schedule lies outside the limits."),
    INVALID_FIELD(1016, Cause.CLIENT, Origin.OURS, false, false, false, "A field holds a value that is not defined."),
    REFERENCE_REUSED(
            1017, Cause.CLIENT, Origin.OURS, false, false, false, "This client reference was used for other content."),
    SENDER_NOT_ALLOWED(
            1018, Cause.CLIENT, Origin.OURS, false, false, false, "The tenant may not send from this sender."),
    NOT_SUPPORTED(1019, Cause.CLIENT, Origin.OURS, false, false, false, "This gateway does not offer that operation."),
    OVER_CREDIT(1020, Cause.CLIENT, Origin.OURS, true, false, false, "More unanswered submits than the credit allows."),
    OVER_RATE(1021, Cause.CLIENT, Origin.OURS, true, false, false, "The tenant's rate is used up; try again later."),
    TENANT_QUEUE_FULL(
            1022, Cause.CLIENT, Origin.OURS, true, false, false, "The tenant has as many open units as it may have."),
    SUPERSEDED(
            1023,
            Cause.CLIENT,
            Origin.OURS,
            false,
            false,
            false,
            "Another connection of the same client name has taken over."),
    TOO_MANY_SUBSCRIPTIONS(
            1024,
            Cause.CLIENT,
            Origin.OURS,
            false,
            false,
            false,
            "The tenant has all the event subscriptions it may have."),
    EVENTS_GONE(
            1025,
            Cause.CLIENT,
            Origin.OURS,
            false,
            false,
            false,
            "Events that were asked for are no longer kept; the answer says what the oldest record is."),
    TOO_MANY_REPLAYS(
            1026, Cause.CLIENT, Origin.OURS, true, false, false, "As many replays of events as may be are under way."),
    NO_ROUTE(1030, Cause.CLIENT, Origin.OURS, false, false, false, "No route leads to this destination."),
    OVER_PRICE_CAP(
            1031,
            Cause.CLIENT,
            Origin.OURS,
            false,
            false,
            false,
            "Every carrier for this destination costs more than the price cap allows, or its cost is unknown."),
    BELOW_MARGIN(
            1032,
            Cause.CLIENT,
            Origin.OURS,
            false,
            false,
            false,
            "No carrier for this destination leaves the margin that the tenant's policy asks for."),
    REFUSED_BY_RULE(1033, Cause.CLIENT, Origin.OURS, false, false, false, "A routing rule refuses this message."),
    OVER_TENANT_LIMIT(
            1040, Cause.CLIENT, Origin.OURS, true, false, false, "The limit of the tenant's traffic; try again later."),
    OVER_SENDER_LIMIT(
            1041,
            Cause.CLIENT,
            Origin.OURS,
            true,
            false,
            false,
            "The limit of this sender's traffic; try again later."),
    OVER_CAMPAIGN_LIMIT(
            1042, Cause.CLIENT, Origin.OURS, true, false, false, "The limit of this campaign; try again later."),
    OVER_BRAND_LIMIT(1043, Cause.CLIENT, Origin.OURS, true, false, false, "The limit of this brand; try again later."),
    OVER_NETWORK_LIMIT(
            1044,
            Cause.CLIENT,
            Origin.OURS,
            true,
            false,
            false,
            "The limit of traffic to this network; try again later."),
    OVER_DESTINATION_LIMIT(
            1045,
            Cause.CLIENT,
            Origin.OURS,
            true,
            false,
            false,
            "The limit of traffic to this number; try again later."),
    LIMIT_KEYS_FULL(
            1046,
            Cause.CLIENT,
            Origin.OURS,
            true,
            false,
            false,
            "A limit counts as many senders, campaigns or the like as it can; try again later."),
    OVER_COST_LIMIT(
            1047,
            Cause.CLIENT,
            Origin.OURS,
            true,
            false,
            false,
            "The tenant's calls of the last hour have cost as much as they may; try again later."),
    BLOCKED(1050, Cause.CLIENT, Origin.OURS, false, false, false, "The destination or the sender is blocked."),
    DESTINATION_NOT_PERMITTED(
            1051, Cause.CLIENT, Origin.OURS, false, false, false, "The tenant may not send to this destination."),
    CREDIT_USED_UP(
            1052,
            Cause.CLIENT,
            Origin.OURS,
            false,
            false,
            false,
            "The prepaid tenant has used all that it may; it can go on when its threshold is raised or its period ends."),

    // 20xx: the state of the network and of this gateway.
    CARRIER_QUEUE_FULL(
            2001, Cause.NETWORK, Origin.OURS, true, true, false, "All carriers of the route have full queues."),
    DRAINING(2002, Cause.NETWORK, Origin.OURS, true, true, false, "This gateway is stopping; use another."),
    STORAGE_LOW(2003, Cause.NETWORK, Origin.OURS, true, true, false, "The journal's disk is nearly full."),
    OVERLOADED(
            2004,
            Cause.NETWORK,
            Origin.OURS,
            true,
            true,
            false,
            "The gateway has all the units that it may hold, or more calls come in than it has time for."),
    VALIDITY_EXPIRED(
            2010,
            Cause.NETWORK,
            Origin.OURS,
            false,
            false,
            false,
            "The validity passed before a carrier took the message."),
    NO_CARRIER(
            2011, Cause.NETWORK, Origin.OURS, false, false, false, "No carrier of the route could take the message."),
    CANCELLED_BY_CLIENT(2012, Cause.CLIENT, Origin.OURS, false, false, false, "Cancelled before a carrier took it."),
    RECEIPT_TIMEOUT(
            2013, Cause.NETWORK, Origin.OURS, false, false, true, "A carrier took it and no receipt came in time."),
    NO_RECEIPT_REQUESTED(
            2014, Cause.CLIENT, Origin.OURS, false, false, true, "A carrier took it; no receipt was asked for."),
    IN_DOUBT_FAILED(
            2015,
            Cause.NETWORK,
            Origin.OURS,
            false,
            false,
            true,
            "The carrier's answer was lost and the policy is not to send again."),
    BODY_NOT_CARRIED(
            2016,
            Cause.NETWORK,
            Origin.OURS,
            false,
            true,
            false,
            "The carrier is sent SIP MESSAGE requests, which carry text of a bounded length: this body is binary, or too long."),
    NO_RECEIPT_GIVEN(2017, Cause.NETWORK, Origin.OURS, false, false, true, "A carrier took it that gives no receipts."),
    CALL_CANCELLED(
            2020,
            Cause.CLIENT,
            Origin.OURS,
            false,
            false,
            false,
            "The caller, the tenant or the gateway gave the call up before an answer."),
    CALL_MAX_DURATION(
            2021, Cause.NETWORK, Origin.OURS, false, false, true, "The call reached the longest duration it may have."),
    CALL_PEER_LOST(
            2022,
            Cause.NETWORK,
            Origin.OURS,
            false,
            false,
            true,
            "One side of the call was not heard of any more, or knew nothing of it."),
    CALL_END_UNKNOWN(
            2023,
            Cause.INTERNAL,
            Origin.OURS,
            false,
            false,
            true,
            "The gateway died while the call was open; how long it lasted after that is not known."),

    // 30xx: what the carrier said, normalised.
    CARRIER_THROTTLED(3001, Cause.CARRIER, Origin.CARRIERS, true, true, false, "The carrier throttles."),
    CARRIER_QUEUE(3002, Cause.CARRIER, Origin.CARRIERS, true, true, false, "The carrier's queue is full."),
    CARRIER_SYSTEM_ERROR(3003, Cause.CARRIER, Origin.CARRIERS, true, true, false, "The carrier has a system error."),
    CARRIER_REFUSED_DESTINATION(
            3010, Cause.CARRIER, Origin.CARRIERS, false, true, false, "The carrier does not take this destination."),
    CARRIER_REFUSED_SENDER(
            3011, Cause.CARRIER, Origin.CARRIERS, false, true, false, "The carrier does not take this sender."),
    CARRIER_REFUSED_MESSAGE(
            3012, Cause.CARRIER, Origin.CARRIERS, false, true, false, "The carrier does not take this message."),
    CARRIER_REFUSED(
            3013,
            Cause.CARRIER,
            Origin.CARRIERS,
            false,
            true,
            false,
            "The carrier refused, for a reason that no table maps."),
    ABSENT_SUBSCRIBER(3020, Cause.CARRIER, Origin.CARRIERS, true, false, true, "The handset could not be reached."),
    UNKNOWN_SUBSCRIBER(3021, Cause.CARRIER, Origin.CARRIERS, false, false, true, "The number is not in service."),
    HANDSET_ERROR(
            3022, Cause.CARRIER, Origin.CARRIERS, false, false, true, "The handset refused or its memory is full."),
    BLOCKED_BY_CARRIER(3023, Cause.CARRIER, Origin.CARRIERS, false, false, true, "Filtered or blocked as unwanted."),
    EXPIRED_AT_CARRIER(
            3024, Cause.CARRIER, Origin.CARRIERS, false, false, true, "The carrier gave up within the validity."),
    DELETED_AT_CARRIER(3025, Cause.CARRIER, Origin.CARRIERS, false, false, true, "The carrier deleted the message."),
    REJECTED_BY_CARRIER(3026, Cause.CARRIER, Origin.CARRIERS, false, false, true, "Rejected after it was taken."),
    UNDELIVERABLE(
            3027,
            Cause.CARRIER,
            Origin.CARRIERS,
            false,
            false,
            true,
            "Undeliverable, for a reason that no table maps."),
    CALL_BUSY(3030, Cause.CARRIER, Origin.CARRIERS, true, false, false, "The called party is busy."),
    CALL_NO_ANSWER(3031, Cause.CARRIER, Origin.CARRIERS, true, false, false, "The called party does not answer."),
    CALL_DECLINED(3032, Cause.CARRIER, Origin.CARRIERS, false, false, false, "The called party declines the call."),
    CALL_MEDIA_REFUSED(
            3033,
            Cause.CARRIER,
            Origin.CARRIERS,
            false,
            true,
            false,
            "The two sides of the call have no codec or bearer in common."),

    // 90xx: ours to repair.
    INTERNAL(9001, Cause.INTERNAL, Origin.OURS, true, false, false, "An internal error; report it with the unit id.");

    /** Whose matter it is. */
    public enum Cause {
        NONE,
        CLIENT,
        NETWORK,
        CARRIER,
        INTERNAL
    }

    /** Who said it. */
    public enum Origin {
        OURS,
        CARRIERS
    }

    private static final ErrorCode[] BY_NUMBER = new ErrorCode[10_000];

    static {
        for (final ErrorCode code : values()) {
            BY_NUMBER[code.number] = code;
        }
    }

    private final int number;
    private final Cause cause;
    private final Origin origin;
    private final boolean retryable;
    private final boolean reroutable;
    private final boolean billable;
    private final String text;

    ErrorCode(
            final int number,
            final Cause cause,
            final Origin origin,
            final boolean retryable,
            final boolean reroutable,
            final boolean billable,
            final String text) {
        this.number = number;
        this.cause = cause;
        this.origin = origin;
        this.retryable = retryable;
        this.reroutable = reroutable;
        this.billable = billable;
        this.text = text;
    }

    /** The number on the wire and in the journal, 0..9999. */
    public int number() {
        return number;
    }

    public Cause cause() {
        return cause;
    }

    public Origin origin() {
        return origin;
    }

    /** The same submit may succeed later. */
    public boolean retryable() {
        return retryable;
    }

    /** Another carrier may take it. */
    public boolean reroutable() {
        return reroutable;
    }

    /** By default the unit costs money when it ends with this code. */
    public boolean billable() {
        return billable;
    }

    /** One sentence for people: what happened and what to do. */
    public String text() {
        return text;
    }

    /** The code of a number read from the wire or the journal; {@link #INTERNAL} for one this release does not know. */
    public static ErrorCode of(final int number) {
        final ErrorCode code = number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
        return code == null ? INTERNAL : code;
    }
}

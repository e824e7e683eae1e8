package io.trunkline.sip.message;

import org.agrona.DirectBuffer;

/**
 * Header fields that are known by name. Names are case-insensitive; a compact form is the same header (RFC 3261 §7.3.1,
 * §7.3.3, and the IANA registry for later ones).
 */
public enum HeaderName {
    /** Any header without a constant here; its name is in the message. */
    OTHER(""),
    VIA("Via", 'v'),
    FROM("From", 'f'),
    TO("To", 't'),
    CALL_ID("Call-ID", 'i'),
    CSEQ("CSeq"),
    MAX_FORWARDS("Max-Forwards"),
    CONTACT("Contact", 'm'),
    ROUTE("Route"),
    RECORD_ROUTE("Record-Route"),
    CONTENT_LENGTH("Content-Length", 'l'),
    CONTENT_TYPE("Content-Type", 'c'),
    CONTENT_ENCODING("Content-Encoding", 'e'),
    CONTENT_DISPOSITION("Content-Disposition"),
    CONTENT_LANGUAGE("Content-Language"),
    MIME_VERSION("MIME-Version"),
    ACCEPT("Accept"),
    ACCEPT_CONTACT("Accept-Contact", 'a'),
    ACCEPT_ENCODING("Accept-Encoding"),
    ACCEPT_LANGUAGE("Accept-Language"),
    ALERT_INFO("Alert-Info"),
    ALLOW("Allow"),
    ALLOW_EVENTS("Allow-Events", 'u'),
    AUTHENTICATION_INFO("Authentication-Info"),
    AUTHORIZATION("Authorization"),
    CALL_INFO("Call-Info"),
    DATE("Date"),
    DIVERSION("Diversion"),
    ERROR_INFO("Error-Info"),
    EVENT("Event", 'o'),
    EXPIRES("Expires"),
    GEOLOCATION("Geolocation"),
    HISTORY_INFO("History-Info"),
    IDENTITY("Identity", 'y'),
    INFO_PACKAGE("Info-Package"),
    IN_REPLY_TO("In-Reply-To"),
    JOIN("Join"),
    MIN_EXPIRES("Min-Expires"),
    MIN_SE("Min-SE"),
    ORGANIZATION("Organization"),
    P_ACCESS_NETWORK_INFO("P-Access-Network-Info"),
    P_ASSERTED_IDENTITY("P-Asserted-Identity"),
    P_CALLED_PARTY_ID("P-Called-Party-ID"),
    P_CHARGE_INFO("P-Charge-Info"),
    P_CHARGING_VECTOR("P-Charging-Vector"),
    P_EARLY_MEDIA("P-Early-Media"),
    P_PREFERRED_IDENTITY("P-Preferred-Identity"),
    PATH("Path"),
    PRIORITY("Priority"),
    PRIVACY("Privacy"),
    PROXY_AUTHENTICATE("Proxy-Authenticate"),
    PROXY_AUTHENTICATION_INFO("Proxy-Authentication-Info"),
    PROXY_AUTHORIZATION("Proxy-Authorization"),
    PROXY_REQUIRE("Proxy-Require"),
    RACK("RAck"),
    REASON("Reason"),
    RECV_INFO("Recv-Info"),
    REFERRED_BY("Referred-By", 'b'),
    REFER_TO("Refer-To", 'r'),
    REJECT_CONTACT("Reject-Contact", 'j'),
    REMOTE_PARTY_ID("Remote-Party-ID"),
    REPLACES("Replaces"),
    REPLY_TO("Reply-To"),
    REQUEST_DISPOSITION("Request-Disposition", 'd'),
    REQUIRE("Require"),
    RETRY_AFTER("Retry-After"),
    RSEQ("RSeq"),
    SERVER("Server"),
    SERVICE_ROUTE("Service-Route"),
    SESSION_EXPIRES("Session-Expires", 'x'),
    SIP_ETAG("SIP-ETag"),
    SIP_IF_MATCH("SIP-If-Match"),
    SUBJECT("Subject", 's'),
    SUBSCRIPTION_STATE("Subscription-State"),
    SUPPORTED("Supported", 'k'),
    TARGET_DIALOG("Target-Dialog"),
    TIMESTAMP("Timestamp"),
    UNSUPPORTED("Unsupported"),
    USER_AGENT("User-Agent"),
    USER_TO_USER("User-to-User"),
    WARNING("Warning"),
    WWW_AUTHENTICATE("WWW-Authenticate");

    private static final HeaderName[] COMPACT = new HeaderName[26];
    private static final HeaderName[] TABLE = new HeaderName[512];
    private static final int LONGEST;
    private static final HeaderName[] ALL = values();
    static final int COUNT = ALL.length;

    static {
        int longest = 0;
        for (final HeaderName name : ALL) {
            longest = Math.max(longest, name.lower.length);
            if (name.compact != 0) {
                COMPACT[name.compact - 'a'] = name;
            }
            int hash = 0;
            for (final byte octet : name.lower) {
                hash = hash * 31 + octet;
            }
            int at = slot(hash);
            while (TABLE[at] != null) {
                at = (at + 1) & (TABLE.length - 1);
            }
            TABLE[at] = name;
        }
        LONGEST = longest;
    }

    private final String text;

    @SuppressWarnings("ImmutableEnumChecker") // Never written after this.
    private final byte[] octets;

    @SuppressWarnings("ImmutableEnumChecker") // Never written after this.
    private final byte[] lower;

    private final char compact;

    HeaderName(final String text) {
        this(text, (char) 0);
    }

    HeaderName(final String text, final char compact) {
        this.text = text;
        this.octets = Octets.ascii(text);
        this.lower = octets.clone();
        for (int i = 0; i < lower.length; i++) {
            lower[i] = (byte) SipChars.lower(lower[i]);
        }
        this.compact = compact;
    }

    /** The header of this name, long or compact, in any case; {@link #OTHER} where it has no constant. */
    public static HeaderName of(final DirectBuffer buffer, final long range) {
        final int length = Range.length(range);
        final int offset = Range.offset(range);
        if (length == 1) {
            final int letter = SipChars.lower(buffer.getByte(offset)) - 'a';
            final HeaderName known = letter >= 0 && letter < COMPACT.length ? COMPACT[letter] : null;
            return known == null ? OTHER : known;
        }
        if (length < 1 || length > LONGEST) {
            return OTHER;
        }
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = hash * 31 + SipChars.lower(buffer.getByte(offset + i));
        }
        for (int at = slot(hash); TABLE[at] != null; at = (at + 1) & (TABLE.length - 1)) {
            if (Octets.equalIgnoringCase(buffer, range, TABLE[at].lower)) {
                return TABLE[at];
            }
        }
        return OTHER;
    }

    private static int slot(final int hash) {
        return (hash ^ (hash >>> 9) ^ (hash >>> 18)) & (TABLE.length - 1);
    }

    /** Place in an array by name. */
    @SuppressWarnings("EnumOrdinal") // An array by enum, indexed once per header line; stays in this process.
    int index() {
        return ordinal();
    }

    /** The long form, spelled as in its RFC; empty for {@link #OTHER}. */
    public String text() {
        return text;
    }

    /** The compact form in lower case, or 0 where there is none. */
    public char compact() {
        return compact;
    }

    /** The long form on the wire; not to be changed. */
    byte[] octets() {
        return octets;
    }
}

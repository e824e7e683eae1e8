package io.trunkline.sip.stack;

import gov.nist.javax.sip.header.CSeq;
import gov.nist.javax.sip.header.CallID;
import gov.nist.javax.sip.header.ContentLength;
import gov.nist.javax.sip.header.From;
import gov.nist.javax.sip.header.MaxForwards;
import gov.nist.javax.sip.header.RequestLine;
import gov.nist.javax.sip.header.StatusLine;
import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.header.ViaList;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.StringMsgParser;
import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.Octets;
import io.trunkline.sip.message.SipMessage;
import java.text.ParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** JAIN-SIP's reading of a message, and ours, as maps of the same keys. */
final class Oracle {
    private static final Set<Class<?>> CORE = Set.of(
            Via.class,
            ViaList.class,
            From.class,
            To.class,
            CallID.class,
            CSeq.class,
            MaxForwards.class,
            ContentLength.class,
            RequestLine.class,
            StatusLine.class);

    static {
        HeaderGrammar.read("Subject", "makes sure that the silent logger is in place");
    }

    private boolean coreFault;
    private String why = "";

    /** Its reading, or null where it refuses what both of us read. */
    Map<String, String> theirs(final byte[] octets) {
        coreFault = false;
        why = "";
        try {
            final SIPMessage message = new StringMsgParser()
                    .parseSIPMessage(octets, true, false, (e, m, header, text, whole) -> {
                        if (CORE.contains(header)) {
                            coreFault = true;
                            why = header.getSimpleName() + ": " + e.getMessage();
                        }
                    });
            if (coreFault || message == null) {
                return null;
            }
            return fields(message);
        } catch (final ParseException | RuntimeException e) {
            why = e.toString();
            return null;
        }
    }

    /** Why {@link #theirs} was null. */
    String why() {
        return why;
    }

    private static Map<String, String> fields(final SIPMessage message) {
        final Map<String, String> fields = new TreeMap<>();
        if (message instanceof SIPRequest request) {
            fields.put("method", request.getMethod());
        } else if (message instanceof SIPResponse response) {
            fields.put("status", String.valueOf(response.getStatusCode()));
        }
        put(
                fields,
                "callId",
                message.getCallId() == null ? null : message.getCallId().getCallId());
        put(fields, "fromTag", message.getFrom() == null ? null : message.getFromTag());
        put(fields, "toTag", message.getTo() == null ? null : message.getToTag());
        if (message.getCSeq() != null) {
            put(
                    fields,
                    "cseq",
                    message.getCSeq().getSeqNumber() + " " + message.getCSeq().getMethod());
        }
        final Via via = message.getTopmostVia();
        if (via != null) {
            put(fields, "branch", via.getBranch());
            put(fields, "transport", via.getTransport().toLowerCase(Locale.ROOT));
            put(fields, "host", via.getHost().toLowerCase(Locale.ROOT));
            put(fields, "port", via.getPort() > 0 ? String.valueOf(via.getPort()) : null);
        }
        return fields;
    }

    private static void put(final Map<String, String> fields, final String key, final String value) {
        if (value != null && !value.isEmpty()) {
            fields.put(key, value);
        }
    }

    /** Our reading. */
    static Map<String, String> ours(final SipMessage message) {
        final Map<String, String> fields = new TreeMap<>();
        if (message.isRequest()) {
            fields.put("method", Octets.text(message.buffer(), message.methodRange()));
        } else {
            fields.put("status", String.valueOf(message.status()));
        }
        put(fields, "callId", Octets.text(message.buffer(), message.callId()));
        put(fields, "fromTag", Octets.text(message.buffer(), message.fromTag()));
        put(fields, "toTag", Octets.text(message.buffer(), message.toTag()));
        final long cseqMethod = message.value(message.first(HeaderName.CSEQ));
        final String cseq = Octets.text(message.buffer(), cseqMethod);
        put(fields, "cseq", message.cseq() + " " + cseq.substring(lastSpace(cseq) + 1));
        put(fields, "branch", Octets.text(message.buffer(), message.topVia().branch()));
        put(
                fields,
                "transport",
                Octets.text(message.buffer(), message.topVia().protocolRange()).toLowerCase(Locale.ROOT));
        put(
                fields,
                "host",
                Octets.text(message.buffer(), message.topVia().host()).toLowerCase(Locale.ROOT));
        put(
                fields,
                "port",
                message.topVia().port() < 0
                        ? null
                        : String.valueOf(message.topVia().port()));
        return fields;
    }

    private static int lastSpace(final String text) {
        return Math.max(text.lastIndexOf(' '), Math.max(text.lastIndexOf('\t'), text.lastIndexOf('\n')));
    }
}

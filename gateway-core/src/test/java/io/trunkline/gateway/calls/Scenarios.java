package io.trunkline.gateway.calls;

/** SIPp scenarios beside its built-in ones. */
final class Scenarios {
    private static final String HEAD =
            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\" ?>\n<scenario name=\"trunkline\">\n";
    private static final String SDP = """
            Content-Type: application/sdp
            Content-Length: [len]

            v=0
            o=user1 53655765 2353687637 IN IP[local_ip_type] [local_ip]
            s=-
            c=IN IP[media_ip_type] [media_ip]
            t=0 0
            m=audio [media_port] RTP/AVP 0
            a=rtpmap:0 PCMU/8000
            """;

    private Scenarios() {}

    private static String send(final String text) {
        return "<send retrans=\"500\"><![CDATA[\n" + text + "\n]]></send>\n";
    }

    private static String reply(final String status, final String headers) {
        return "<send><![CDATA[\nSIP/2.0 " + status + """

                [last_Via:]
                [last_From:]
                [last_To:];tag=[pid]SIPpTag[call_number]
                [last_Call-ID:]
                [last_CSeq:]
                """ + headers + "\n]]></send>\n";
    }

    private static final String ACK = """
            ACK [next_url] SIP/2.0
            Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
            From: <sip:34910000001@[local_ip]>;tag=[call_number]
            [last_To:]
            Call-ID: [call_id]
            CSeq: 1 ACK
            Contact: <sip:[local_ip]:[local_port]>
            Max-Forwards: 70
            Content-Length: 0

            """;

    /** The ACK to a refusal is of the INVITE's transaction, which was so many messages ago. */
    private static String ackRefusal(final int messagesAgo) {
        return "<send><![CDATA[\n"
                + ACK.replace("[next_url]", "sip:[service]@[remote_ip]:[remote_port]")
                        .replace("[branch]", "[branch-" + messagesAgo + "]")
                + "\n]]></send>\n";
    }

    private static String invite(final String from, final String more) {
        return send("""
                INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
                Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
                From: Alice <sip:%s@[local_ip]>;tag=[call_number]
                To: <sip:[service]@[remote_ip]>
                Call-ID: [call_id]
                CSeq: 1 INVITE
                Contact: <sip:[local_ip]:[local_port]>
                Max-Forwards: 70
                %s""".formatted(from, more) + SDP);
    }

    /** A callee who says that he does not want, with a status line such as {@code 503 Service Unavailable}. */
    static String refusing(final String status) {
        return HEAD + "<recv request=\"INVITE\"/>\n" + reply(status, "Content-Length: 0\n")
                + "<recv request=\"ACK\" timeout=\"4000\"/>\n</scenario>\n";
    }

    /** A callee who rings until it is cancelled. */
    static String ringing() {
        return HEAD + "<recv request=\"INVITE\"/>\n"
                + reply("180 Ringing", "Contact: <sip:[local_ip]:[local_port]>\nContent-Length: 0\n")
                + "<recv request=\"CANCEL\"/>\n"
                + reply("200 OK", "Content-Length: 0\n")
                + "</scenario>\n";
    }

    /** A caller who expects a refusal with a status, and perhaps a header in it. */
    static String refused(final String from, final int status, final String header) {
        final String check = header.isEmpty()
                ? ""
                : "<action><ereg regexp=\".*\" search_in=\"hdr\" header=\"" + header
                        + ":\" check_it=\"true\" assign_to=\"1\"/></action>";
        return HEAD + invite(from, "")
                + "<recv response=\"100\" optional=\"true\"/>\n<recv response=\"180\" optional=\"true\"/>\n"
                + "<recv response=\"" + status + "\">" + check + "</recv>\n"
                + ackRefusal(4)
                + (header.isEmpty() ? "" : "<Reference variables=\"1\"/>\n")
                + "</scenario>\n";
    }

    /** A caller who gives up while it rings. */
    static String cancelling() {
        return HEAD + invite("34910000001", "")
                + "<recv response=\"100\" optional=\"true\"/>\n<recv response=\"180\"/>\n"
                + """
                <send retrans="500"><![CDATA[
                CANCEL sip:[service]@[remote_ip]:[remote_port] SIP/2.0
                Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch-3]
                From: Alice <sip:34910000001@[local_ip]>;tag=[call_number]
                To: <sip:[service]@[remote_ip]>
                Call-ID: [call_id]
                CSeq: 1 CANCEL
                Max-Forwards: 70
                Content-Length: 0

                ]]></send>
                <recv response="200"/>
                <recv response="487"/>
                """
                + ackRefusal(6)
                + "</scenario>\n";
    }

    /** A caller who talks for so long, or until he hears a BYE. */
    static String talking(final String from, final int pauseMs, final String more) {
        return HEAD + invite(from, more)
                + "<recv response=\"100\" optional=\"true\"/>\n<recv response=\"180\" optional=\"true\"/>\n"
                + "<recv response=\"200\" rrs=\"true\"/>\n<send><![CDATA[\n" + ACK + "\n]]></send>\n"
                + "<pause milliseconds=\"" + pauseMs + "\"/>\n"
                + send("""
                        BYE [next_url] SIP/2.0
                        Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
                        From: <sip:34910000001@[local_ip]>;tag=[call_number]
                        [last_To:]
                        Call-ID: [call_id]
                        CSeq: 2 BYE
                        Max-Forwards: 70
                        Content-Length: 0

                        """)
                + "<recv response=\"200\"/>\n</scenario>\n";
    }

    /** A caller who waits for a BYE after the answer. */
    static String hungUpOn(final String from) {
        return HEAD + invite(from, "")
                + "<recv response=\"100\" optional=\"true\"/>\n<recv response=\"180\" optional=\"true\"/>\n"
                + "<recv response=\"200\" rrs=\"true\"/>\n<send><![CDATA[\n" + ACK + "\n]]></send>\n"
                + "<recv request=\"BYE\" timeout=\"20000\"/>\n"
                + reply("200 OK", "Content-Length: 0\n")
                + "</scenario>\n";
    }
}

package io.trunkline.gateway.calls;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A peer of the gateway's, octet by octet: a UDP socket of the test. */
final class WirePeer implements AutoCloseable {
    private static final int PATIENCE_MS = 20_000;

    private final GatewayRig rig;
    private final DatagramSocket socket;

    WirePeer(final GatewayRig rig, final String host) throws IOException {
        this.rig = rig;
        socket = new DatagramSocket(
                new InetSocketAddress(InetAddress.getByName(host), Integer.parseInt(rig.port(host))));
    }

    /** Our address and port. */
    String at() {
        return socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
    }

    /** A call from one E.164 number to another. */
    void invite(final String caller, final String called, final String more) throws IOException {
        call("+" + called, "<sip:+" + caller + "@" + at() + ">", more);
    }

    /**
     * A call.
     *
     * @param called user part of the Request-URI
     * @param from name-addr of From, without tag
     * @param more header lines, each with CRLF
     */
    void call(final String called, final String from, final String more) throws IOException {
        final String us = rig.us();
        send("INVITE sip:" + called + "@" + us + " SIP/2.0\r\n" + via() + "From: " + from + ";tag=t\r\nTo: <sip:"
                + called
                + "@" + us + ">\r\nCall-ID: " + System.nanoTime() + "\r\nCSeq: 1 INVITE\r\nContact: <sip:" + at()
                + ">\r\n" + ending(more));
    }

    private String via() {
        return "Via: SIP/2.0/UDP " + at() + ";branch=z9hG4bK" + System.nanoTime() + "\r\nMax-Forwards: 70\r\n";
    }

    /** Header lines that a session description needs, an empty line and the description: to be given as {@code more}. */
    static String sdp(final String description) {
        return "Content-Type: application/sdp\r\nContent-Length: " + description.length() + "\r\n\r\n" + description;
    }

    private static String ending(final String more) {
        return more.contains("\r\n\r\n") ? more : more + "Content-Length: 0\r\n\r\n";
    }

    /** A MESSAGE (RFC 3428) from one E.164 number to another; each Call-ID is one message, however often it is sent. */
    void message(final String callId, final String from, final String called, final String type, final String body)
            throws IOException {
        final String us = rig.us();
        send("MESSAGE sip:" + called + "@" + us + " SIP/2.0\r\nVia: SIP/2.0/UDP " + at() + ";branch=z9hG4bK"
                + System.nanoTime() + "\r\nMax-Forwards: 70\r\nFrom: <sip:" + from + "@" + at() + ">;tag=t\r\nTo: <sip:"
                + called + "@" + us + ">\r\nCall-ID: " + callId + "\r\nCSeq: 1 MESSAGE\r\nContent-Type: " + type
                + "\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
    }

    /** A response to a request, with Via, From, To, Call-ID and CSeq of it. */
    void answer(final String request, final String status, final String more) throws IOException {
        final String to = line(request, "To");
        send("SIP/2.0 " + status + "\r\nVia: " + line(request, "Via") + "\r\nFrom: " + line(request, "From")
                + "\r\nTo: "
                + to + (to.contains(";tag=") ? "" : ";tag=w") + "\r\nCall-ID: " + line(request, "Call-ID")
                + "\r\nCSeq: " + line(request, "CSeq") + "\r\n" + ending(more));
    }

    /** Answers an INVITE with 200 and a session description. */
    void accept(final String invite, final String description) throws IOException {
        answer(invite, "200 OK", "Contact: <sip:" + at() + ">\r\n" + sdp(description));
    }

    /** A request in the dialog that a 2xx to our INVITE made. */
    void request(final String method, final long cseq, final String accepted, final String more) throws IOException {
        final String contact = line(accepted, "Contact");
        send(method + " " + contact.substring(1, contact.indexOf('>')) + " SIP/2.0\r\n" + via() + "From: "
                + line(accepted, "From") + "\r\nTo: " + line(accepted, "To") + "\r\nCall-ID: "
                + line(accepted, "Call-ID") + "\r\nCSeq: " + cseq + " " + method + "\r\nContact: <sip:" + at()
                + ">\r\n" + ending(more));
    }

    /** Hangs up a call that we have answered, as its ACK has it. */
    void hangUp(final String ack, final long cseq) throws IOException {
        final String contact = line(ack, "Contact");
        final String target = contact.isEmpty() ? "sip:" + rig.us() : contact.substring(1, contact.indexOf('>'));
        send("BYE " + target + " SIP/2.0\r\n" + via() + "From: " + line(ack, "To") + "\r\nTo: " + line(ack, "From")
                + "\r\nCall-ID: " + line(ack, "Call-ID") + "\r\nCSeq: " + cseq + " BYE\r\nContent-Length: 0\r\n\r\n");
    }

    void send(final String text) throws IOException {
        final byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        final String us = rig.us();
        final int port = Integer.parseInt(us.substring(us.indexOf(':') + 1));
        socket.send(new DatagramPacket(octets, octets.length, InetAddress.getLoopbackAddress(), port));
    }

    /** The next message that is not 100 Trying. */
    String heard() throws IOException {
        while (true) {
            final String text = next(PATIENCE_MS);
            if (!text.startsWith("SIP/2.0 100")) {
                return text;
            }
        }
    }

    /** The next message that begins so. */
    String heard(final String beginning) throws IOException {
        while (true) {
            final String text = next(PATIENCE_MS);
            if (text.startsWith(beginning)) {
                return text;
            }
        }
    }

    /** Whether nothing has come by now. */
    boolean heardNothing() throws IOException {
        try {
            next(1);
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }

    private String next(final int patienceMs) throws IOException {
        socket.setSoTimeout(patienceMs);
        final DatagramPacket packet = new DatagramPacket(new byte[8_192], 8_192);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
    }

    /** Value of a header; empty where it is not there. */
    static String line(final String message, final String name) {
        for (final String line : message.split("\r\n", -1)) {
            if (line.startsWith(name + ": ")) {
                return line.substring(name.length() + 2);
            }
        }
        return "";
    }

    @Override
    public void close() {
        socket.close();
    }
}

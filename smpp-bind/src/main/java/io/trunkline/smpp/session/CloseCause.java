package io.trunkline.smpp.session;

/** Why a session ended, or why a request has no answer. */
public enum CloseCause {
    /** We were told to stop: disabled, drained or shut down. */
    DISABLED("closed by us"),
    /** The peer sent unbind. */
    PEER_UNBOUND("the peer sent unbind"),
    /** The peer closed the connection, or it was reset. */
    PEER_CLOSED("the peer closed the connection"),
    /** The name did not resolve or the connection was refused or timed out. */
    CONNECT_FAILED("could not connect"),
    /** The TLS handshake failed or took too long. */
    TLS_FAILED("TLS handshake failed"),
    /** The peer answered the bind with a status other than ESME_ROK. */
    BIND_REFUSED("the bind was refused"),
    /** No bind, or no answer to it, in time. */
    BIND_TIMEOUT("no bind in time"),
    /** One request had no answer in time; the session goes on. */
    RESPONSE_TIMEOUT("no answer in time"),
    /** No answer to enquire_link in time. */
    DEAD_PEER("no answer to enquire_link"),
    /** Nothing but enquire_link for longer than allowed. */
    IDLE("idle for too long"),
    /** The peer does not read what we send. */
    SLOW_READER("the peer does not read"),
    /** A frame that no SMPP peer sends: the stream is not in step any more. */
    PROTOCOL_ERROR("malformed frame"),
    /** More sessions than allowed in all, from the address or for the system id. */
    TOO_MANY_SESSIONS("too many sessions"),
    /** An I/O error, or an exception in a handler. */
    INTERNAL_ERROR("internal error");

    private final String text;

    CloseCause(final String text) {
        this.text = text;
    }

    /** For people. */
    public String text() {
        return text;
    }
}

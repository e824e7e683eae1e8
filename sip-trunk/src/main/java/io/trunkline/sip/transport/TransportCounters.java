package io.trunkline.sip.transport;

/** What the transport has seen, since it began. Written by its loop only. */
public final class TransportCounters {
    long messagesIn;
    long messagesOut;
    long octetsIn;
    long octetsOut;
    long keepAlives;
    long noise;
    long oversizedDatagrams;
    long datagramsDropped;
    long accepted;
    long connected;
    long connectsFailed;
    long refusedConnections;
    long lostFrames;
    long slowReaders;
    long stalledMessages;
    long idleClosed;
    long pongsMissed;
    long tlsFailed;
    long ioErrors;
    long handlerFaults;
    long rerouted;

    /** Messages handed over, whole or faulty. */
    public long messagesIn() {
        return messagesIn;
    }

    /** Messages taken for sending. */
    public long messagesOut() {
        return messagesOut;
    }

    public long octetsIn() {
        return octetsIn;
    }

    public long octetsOut() {
        return octetsOut;
    }

    /** Keep-alives that peers sent. */
    public long keepAlives() {
        return keepAlives;
    }

    /** Datagrams that are no SIP: dropped unanswered. */
    public long noise() {
        return noise;
    }

    /** Datagrams dropped for their length, or ours that no datagram can hold. */
    public long oversizedDatagrams() {
        return oversizedDatagrams;
    }

    /** Datagrams of ours that were dropped as too much waits to leave. */
    public long datagramsDropped() {
        return datagramsDropped;
    }

    /** Connections taken in. */
    public long accepted() {
        return accepted;
    }

    /** Connections of ours that came about. */
    public long connected() {
        return connected;
    }

    /** Attempts of ours that failed. */
    public long connectsFailed() {
        return connectsFailed;
    }

    /** Connections over a limit, closed or not opened. */
    public long refusedConnections() {
        return refusedConnections;
    }

    /** Streams whose frame was lost: answered where possible, and closed. */
    public long lostFrames() {
        return lostFrames;
    }

    /** Connections closed as their peer does not read. */
    public long slowReaders() {
        return slowReaders;
    }

    /** Connections closed in the middle of a message that did not go on. */
    public long stalledMessages() {
        return stalledMessages;
    }

    public long idleClosed() {
        return idleClosed;
    }

    /** Connections of ours closed as a ping was not answered. */
    public long pongsMissed() {
        return pongsMissed;
    }

    /** Handshakes that failed, on either side. */
    public long tlsFailed() {
        return tlsFailed;
    }

    /** Reads and writes that failed. */
    public long ioErrors() {
        return ioErrors;
    }

    /** Messages in whose handling an exception was thrown: faults of ours. */
    public long handlerFaults() {
        return handlerFaults;
    }

    /** Messages whose connection had gone when they were let go, and that took another. */
    public long rerouted() {
        return rerouted;
    }
}

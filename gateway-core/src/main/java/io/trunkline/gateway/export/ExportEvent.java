package io.trunkline.gateway.export;

/** One event on its way out. The octets are handed on as they are: nobody changes them. */
public final class ExportEvent {
    private final Stream stream;
    private final long index;
    private final long timeNs;
    private final byte[] key;
    private final byte[] value;

    /** Each record gives at most one event to a stream. */
    public enum Stream {
        EVENTS,
        CDR
    }

    /**
     * An event.
     *
     * @param index sequence of the journal's record that it was made of
     * @param timeNs wall time of that record, nanoseconds since the epoch
     * @param key id of the unit in decimal digits; of a record without a unit, whom it concerns
     * @param value the event as JSON in UTF-8
     */
    public ExportEvent(final Stream stream, final long index, final long timeNs, final byte[] key, final byte[] value) {
        this.stream = stream;
        this.index = index;
        this.timeNs = timeNs;
        this.key = key;
        this.value = value;
    }

    public Stream stream() {
        return stream;
    }

    public long index() {
        return index;
    }

    public long timeNs() {
        return timeNs;
    }

    public byte[] key() {
        return key;
    }

    public byte[] value() {
        return value;
    }
}

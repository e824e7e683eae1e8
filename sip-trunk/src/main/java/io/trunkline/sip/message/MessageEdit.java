package io.trunkline.sip.message;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Changes to a message that is forwarded: what is taken out and what is put in, by place. {@link #write} then copies the runs
 * between, so that everything nobody spoke of leaves octet by octet as it came. Used again for every message.
 *
 * <p>A body may be replaced; then Content-Length follows by itself. Edits that overlap take out the union.
 */
public final class MessageEdit {
    /** {@link #write}: the message does not fit, or the edits did not. */
    public static final int OVERFLOW = -1;

    private static final int DEFAULT_HOPS = 70;

    private final int[] from;
    private final int[] to;
    private final long[] inserted;
    private final UnsafeBuffer scratch;
    private final OctetWriter out = new OctetWriter();
    private int count;
    private boolean tooMany;
    private SipMessage message;

    /**
     * A sheet for edits.
     *
     * @param maxEdits most edits to one message
     * @param maxInserted most octets put into one message
     */
    public MessageEdit(final int maxEdits, final int maxInserted) {
        from = new int[maxEdits];
        to = new int[maxEdits];
        inserted = new long[maxEdits];
        scratch = new UnsafeBuffer(new byte[maxInserted]);
    }

    /** Begins anew with a message; it must have been indexed without fault and stay as it is until {@link #write}. */
    public MessageEdit of(final SipMessage source) {
        message = source;
        count = 0;
        tooMany = false;
        out.wrap(scratch, 0, scratch.capacity());
        return this;
    }

    /** Takes out [start, end) and puts in what was appended to {@link #out} since {@code insertedFrom}. Keeps them in order. */
    private void edit(final int start, final int end, final int insertedFrom) {
        if (count == from.length) {
            tooMany = true;
            return;
        }
        int at = count++;
        while (at > 0 && from[at - 1] > start) {
            from[at] = from[at - 1];
            to[at] = to[at - 1];
            inserted[at] = inserted[at - 1];
            at--;
        }
        from[at] = start;
        to[at] = end;
        inserted[at] = Range.between(insertedFrom, out.position());
    }

    /** Replaces the Request-URI. */
    public MessageEdit requestUri(final DirectBuffer source, final long range) {
        final int mark = out.position();
        out.copy(source, range);
        edit(Range.offset(message.requestUriRange()), Range.end(message.requestUriRange()), mark);
        return this;
    }

    /** Puts a Via before all others; the value is a whole {@code via-parm}. */
    public MessageEdit pushVia(final DirectBuffer source, final long range) {
        return insertBefore(HeaderName.VIA, source, range);
    }

    /** Takes the topmost Via out, the line with it if it stands there alone. */
    public MessageEdit popVia() {
        final ViaField via = message.topVia();
        removeFirst(message.first(HeaderName.VIA), via.element(), via.hasNext() ? via.next() : -1);
        return this;
    }

    /** Puts a Route before all others; the value is a {@code name-addr}. */
    public MessageEdit pushRoute(final DirectBuffer source, final long range) {
        return insertBefore(HeaderName.ROUTE, source, range);
    }

    /** Puts a Record-Route before all others; the value is a {@code name-addr}. */
    public MessageEdit pushRecordRoute(final DirectBuffer source, final long range) {
        return insertBefore(HeaderName.RECORD_ROUTE, source, range);
    }

    /**
     * Takes the topmost Route out, the line with it if it stands there alone.
     *
     * @param topRoute the topmost Route, as parsed from the first Route line
     */
    public MessageEdit popRoute(final AddressField topRoute) {
        removeFirst(message.first(HeaderName.ROUTE), topRoute.element(), topRoute.hasNext() ? topRoute.next() : -1);
        return this;
    }

    private void removeFirst(final int line, final long element, final int next) {
        final int mark = out.position();
        if (next < 0) {
            removeLine(line);
        } else {
            edit(Range.offset(element), Octets.skipLws(message.buffer(), next, Range.end(message.value(line))), mark);
        }
    }

    /** Before the first line of its name, or before all headers where there is none. */
    private MessageEdit insertBefore(final HeaderName name, final DirectBuffer source, final long range) {
        final int line = message.first(name);
        final int place = line < 0 ? message.startLineEnd() : Range.offset(message.line(line));
        final int mark = out.position();
        out.octets(name.octets()).octet(':').octet(' ').copy(source, range).crlf();
        edit(place, place, mark);
        return this;
    }

    /** Lowers Max-Forwards by one, or adds it with 70 where it is missing; it must not be 0 (RFC 3261 §16.6 step 3). */
    public MessageEdit decrementMaxForwards() {
        final int line = message.first(HeaderName.MAX_FORWARDS);
        final int mark = out.position();
        if (line < 0) {
            out.octets(HeaderName.MAX_FORWARDS.octets())
                    .octet(':')
                    .octet(' ')
                    .number(DEFAULT_HOPS)
                    .crlf();
            edit(message.startLineEnd(), message.startLineEnd(), mark);
            return this;
        }
        if (message.maxForwards() < 1) {
            throw new IllegalStateException("no hop is left; answer 483");
        }
        out.number(message.maxForwards() - 1L);
        edit(Range.offset(message.value(line)), Range.end(message.value(line)), mark);
        return this;
    }

    /** Adds a header line after all others; the value has no line ends. */
    public MessageEdit add(final HeaderName name, final DirectBuffer source, final long range) {
        final int mark = out.position();
        out.octets(name.octets()).octet(':').octet(' ').copy(source, range).crlf();
        final int place = message.headersEnd() - 2;
        edit(place, place, mark);
        return this;
    }

    /** Replaces the value of a line, its folds with it. */
    public MessageEdit replace(final int line, final DirectBuffer source, final long range) {
        final int mark = out.position();
        out.copy(source, range);
        edit(Range.offset(message.value(line)), Range.end(message.value(line)), mark);
        return this;
    }

    /** Takes a line out. */
    public MessageEdit removeLine(final int line) {
        edit(Range.offset(message.line(line)), Range.end(message.line(line)), out.position());
        return this;
    }

    /** Takes every line of a header out. */
    public MessageEdit removeAll(final HeaderName name) {
        for (int line = message.first(name); line >= 0; line = message.next(line)) {
            removeLine(line);
        }
        return this;
    }

    /** Replaces the body, of length 0 to take it out, and sets Content-Length. Content-Type is the caller's. */
    public MessageEdit body(final DirectBuffer source, final long range) {
        final int line = message.first(HeaderName.CONTENT_LENGTH);
        final int lengthMark = out.position();
        if (line >= 0) {
            out.number(Range.length(range));
            edit(Range.offset(message.value(line)), Range.end(message.value(line)), lengthMark);
        } else {
            out.octets(HeaderName.CONTENT_LENGTH.octets())
                    .octet(':')
                    .octet(' ')
                    .number(Range.length(range))
                    .crlf();
            edit(message.headersEnd() - 2, message.headersEnd() - 2, lengthMark);
        }
        final int bodyMark = out.position();
        out.copy(source, range);
        edit(message.headersEnd(), message.length(), bodyMark);
        return this;
    }

    /**
     * Appends the edited message.
     *
     * @return octets appended, or {@link #OVERFLOW}
     */
    public int write(final OctetWriter target) {
        if (tooMany || out.overflowed()) {
            return OVERFLOW;
        }
        final int before = target.position();
        int at = 0;
        for (int i = 0; i < count; i++) {
            if (from[i] > at) {
                target.copy(message.buffer(), at, from[i] - at);
            }
            target.copy(scratch, inserted[i]);
            at = Math.max(at, to[i]);
        }
        target.copy(message.buffer(), at, message.length() - at);
        return target.overflowed() ? OVERFLOW : target.position() - before;
    }
}

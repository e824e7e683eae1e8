package io.trunkline.sip.mirror;

import io.trunkline.sip.message.TransportProtocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Writes one message as a packet of HEP3 (the encapsulation of Homer's collectors), all numbers in network order:
 *
 * <pre>
 *   "HEP3" | length of all: 2 | chunks: vendor 0: 2 | type: 2 | length of the chunk: 2 | value
 *   1 family: 1    2 IP protocol: 1    3, 4 IPv4 from, to: 4    5, 6 IPv6 from, to: 16    7, 8 ports: 2
 *   9 s: 4    10 µs: 4    11 kind of payload, 1 for SIP: 1    12 agent: 4    14 key    15 payload
 * </pre>
 */
public final class Hep3 {
    /** What the chunks before the payload take at most, without the key. */
    public static final int OVERHEAD = 128;

    private static final byte[] MAGIC = "HEP3".getBytes(StandardCharsets.US_ASCII);
    private static final int LENGTH_AT = 4;
    private static final int CHUNK_HEADER = 6;
    private static final int MOST = 0xffff;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int IP_TCP = 6;
    private static final int IP_UDP = 17;
    private static final int SIP = 1;
    private static final long SECOND_NS = 1_000_000_000;
    private static final long MICRO_NS = 1_000;

    private final int agent;
    private final byte[] key;

    /**
     * A writer.
     *
     * @param agent names this element to the collector
     * @param key lets it in there; empty for none
     */
    public Hep3(final int agent, final String key) {
        this.agent = agent;
        this.key = key.getBytes(StandardCharsets.UTF_8);
    }

    /** Octets of the longest packet for a message. */
    public int most(final int messageLength) {
        return OVERHEAD + key.length + messageLength;
    }

    /**
     * Writes a packet.
     *
     * @param timeNs when it came or went, ns since 1970
     * @return its length; 0 for a message that does not fit into one
     */
    public int write(
            final MutableDirectBuffer to,
            final InetSocketAddress from,
            final InetSocketAddress target,
            final TransportProtocol protocol,
            final long timeNs,
            final DirectBuffer message,
            final int offset,
            final int length) {
        if (most(length) > MOST) {
            return 0;
        }
        to.putBytes(0, MAGIC);
        int at = LENGTH_AT + Short.BYTES;
        final byte[] source = from.getAddress().getAddress();
        final byte[] sink = target.getAddress().getAddress();
        final boolean four = source.length == sink.length && source.length == Integer.BYTES;
        at = octet(to, at, 1, four ? AF_INET : AF_INET6);
        at = octet(to, at, 2, protocol == TransportProtocol.UDP ? IP_UDP : IP_TCP);
        at = octets(to, at, four ? 3 : 5, four ? source : wide(source));
        at = octets(to, at, four ? 4 : 6, four ? sink : wide(sink));
        at = number(to, at, 7, Short.BYTES, from.getPort());
        at = number(to, at, 8, Short.BYTES, target.getPort());
        at = number(to, at, 9, Integer.BYTES, (int) (timeNs / SECOND_NS));
        at = number(to, at, 10, Integer.BYTES, (int) (timeNs % SECOND_NS / MICRO_NS));
        at = octet(to, at, 11, SIP);
        at = number(to, at, 12, Integer.BYTES, agent);
        if (key.length > 0) {
            at = octets(to, at, 14, key);
        }
        at = header(to, at, 15, length);
        to.putBytes(at, message, offset, length);
        at += length;
        to.putShort(LENGTH_AT, (short) at, ByteOrder.BIG_ENDIAN);
        return at;
    }

    /** An IPv4 address as one of IPv6 (RFC 4291 §2.5.5.2), where the other end has one of those. */
    static byte[] wide(final byte[] address) {
        if (address.length != Integer.BYTES) {
            return address;
        }
        final byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        System.arraycopy(address, 0, mapped, 12, address.length);
        return mapped;
    }

    private static int header(final MutableDirectBuffer to, final int at, final int type, final int length) {
        to.putShort(at, (short) 0, ByteOrder.BIG_ENDIAN);
        to.putShort(at + 2, (short) type, ByteOrder.BIG_ENDIAN);
        to.putShort(at + 4, (short) (CHUNK_HEADER + length), ByteOrder.BIG_ENDIAN);
        return at + CHUNK_HEADER;
    }

    private static int octet(final MutableDirectBuffer to, final int at, final int type, final int value) {
        return number(to, at, type, 1, value);
    }

    private static int octets(final MutableDirectBuffer to, final int at, final int type, final byte[] value) {
        final int start = header(to, at, type, value.length);
        to.putBytes(start, value);
        return start + value.length;
    }

    private static int number(
            final MutableDirectBuffer to, final int at, final int type, final int length, final int value) {
        final int start = header(to, at, type, length);
        for (int i = 0; i < length; i++) {
            to.putByte(start + i, (byte) (value >>> (Byte.SIZE * (length - 1 - i))));
        }
        return start + length;
    }

    /** Whether two addresses can stand in one IPv4 header. */
    static boolean areIpv4(final InetAddress one, final InetAddress other) {
        return one.getAddress().length == Integer.BYTES && other.getAddress().length == Integer.BYTES;
    }
}

package io.trunkline.sip.mirror;

import io.trunkline.sip.message.MessageIndexer;
import io.trunkline.sip.message.Octets;
import io.trunkline.sip.message.SipLimits;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.mirror.MessageRing.Kept;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes messages as a pcap file of raw IP packets, times in ns. Each message is one UDP datagram, also those that went over TCP or
 * TLS, whose segments and ciphers are not kept: what is shown is what was said, not how it went.
 *
 * <pre>
 *   a1b23c4d | 2.4 | 0 | 0 | 65535 | 101 (raw IP)      then, for each:      s | ns | length | length | IP, UDP, message
 * </pre>
 */
public final class PcapFile {
    private static final int MAGIC_NS = 0xa1b23c4d;
    private static final int SNAP_LENGTH = 65_535;
    private static final int RAW_IP = 101;
    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int UDP_HEADER = 8;
    private static final int HOPS = 64;
    private static final int UDP = 17;
    private static final long SECOND_NS = 1_000_000_000;

    private final OutputStream out;

    /** Begins a file. */
    public PcapFile(final OutputStream out) throws IOException {
        this.out = out;
        out.write(ByteBuffer.allocate(FILE_HEADER)
                .putInt(MAGIC_NS)
                .putShort((short) 2)
                .putShort((short) 4)
                .putInt(0)
                .putInt(0)
                .putInt(SNAP_LENGTH)
                .putInt(RAW_IP)
                .array());
    }

    /**
     * Writes the messages of a snapshot that belong to a call.
     *
     * @param callIds Call-IDs of its legs
     * @return messages written
     */
    public int write(final MessageRing.Snapshot snapshot, final Set<String> callIds) throws IOException {
        final MessageIndexer indexer = new MessageIndexer(SipLimits.DEFAULT);
        final SipMessage message = new SipMessage(SipLimits.DEFAULT);
        int written = 0;
        for (int i = 0; i < snapshot.size(); i++) {
            final Kept kept = snapshot.get(i);
            indexer.indexDatagram(new UnsafeBuffer(kept.octets()), 0, kept.octets().length, message);
            if (callIds.contains(Octets.text(message.buffer(), message.callId()))) {
                write(kept);
                written++;
            }
        }
        return written;
    }

    /** Writes one message. */
    public void write(final Kept kept) throws IOException {
        final InetSocketAddress from = kept.received() ? kept.remote() : kept.local();
        final InetSocketAddress to = kept.received() ? kept.local() : kept.remote();
        final boolean four = Hep3.areIpv4(from.getAddress(), to.getAddress());
        final int headers = (four ? IPV4_HEADER : IPV6_HEADER) + UDP_HEADER;
        final int length = Math.min(kept.octets().length, SNAP_LENGTH - headers);
        final ByteBuffer record = ByteBuffer.allocate(RECORD_HEADER + headers + length);
        record.putInt((int) (kept.timeNs() / SECOND_NS))
                .putInt((int) (kept.timeNs() % SECOND_NS))
                .putInt(headers + length)
                .putInt(headers + kept.octets().length);
        if (four) {
            ipv4(record, from, to, UDP_HEADER + length);
        } else {
            record.putInt(6 << 28)
                    .putShort((short) (UDP_HEADER + length))
                    .put((byte) UDP)
                    .put((byte) HOPS)
                    .put(wide(from))
                    .put(wide(to));
        }
        record.putShort((short) from.getPort())
                .putShort((short) to.getPort())
                .putShort((short) (UDP_HEADER + length))
                .putShort((short) 0)
                .put(kept.octets(), 0, length);
        out.write(record.array());
    }

    private static void ipv4(
            final ByteBuffer record, final InetSocketAddress from, final InetSocketAddress to, final int length) {
        final int start = record.position();
        record.put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) (IPV4_HEADER + length))
                .putInt(0)
                .put((byte) HOPS)
                .put((byte) UDP)
                .putShort((short) 0)
                .put(from.getAddress().getAddress())
                .put(to.getAddress().getAddress());
        int sum = 0;
        for (int i = 0; i < IPV4_HEADER; i += Short.BYTES) {
            sum += record.getShort(start + i) & 0xffff;
        }
        sum = (sum & 0xffff) + (sum >>> Short.SIZE);
        record.putShort(start + 10, (short) ~(sum + (sum >>> Short.SIZE)));
    }

    private static byte[] wide(final InetSocketAddress address) {
        return Hep3.wide(address.getAddress().getAddress());
    }
}

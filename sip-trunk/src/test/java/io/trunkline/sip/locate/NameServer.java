package io.trunkline.sip.locate;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A name server over UDP (RFC 1035 §4), with a thread of its own, for the records that a test gives it. */
public final class NameServer {
    private static final int SILENCE = -1;
    private static final int NXDOMAIN = 3;

    private record Entry(long ttlSec, List<byte[]> data) {}

    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Map<String, Integer> codes = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::serve, "name-server");

    public NameServer() throws IOException {
        thread.start();
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** Records of a name; names that have none of a type, but of another, exist. */
    public void answers(final String name, final int type, final long ttlSec, final byte[]... data) {
        codes.put(name, 0);
        entries.put(name + " " + type, new Entry(ttlSec, List.of(data)));
    }

    public void fails(final String name, final int code) {
        codes.put(name, code);
    }

    public void ignores(final String name) {
        codes.put(name, SILENCE);
    }

    public static byte[] srv(final int priority, final int weight, final int port, final String target) {
        final ByteBuffer data = ByteBuffer.allocate(512);
        data.putShort((short) priority).putShort((short) weight).putShort((short) port);
        name(data, target);
        return taken(data);
    }

    public static byte[] naptr(
            final int order,
            final int preference,
            final String flags,
            final String services,
            final String replacement) {
        final ByteBuffer data = ByteBuffer.allocate(512);
        data.putShort((short) order).putShort((short) preference);
        for (final String text : new String[] {flags, services, ""}) {
            data.put((byte) text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
        }
        name(data, replacement);
        return taken(data);
    }

    private static void name(final ByteBuffer data, final String name) {
        for (int from = 0; from < name.length(); ) {
            final int dot = name.indexOf('.', from) < 0 ? name.length() : name.indexOf('.', from);
            data.put((byte) (dot - from)).put(name.substring(from, dot).getBytes(StandardCharsets.US_ASCII));
            from = dot + 1;
        }
        data.put((byte) 0);
    }

    private static byte[] taken(final ByteBuffer data) {
        final byte[] octets = new byte[data.position()];
        data.flip().get(octets);
        return octets;
    }

    private void serve() {
        final byte[] octets = new byte[4096];
        while (!socket.isClosed()) {
            final DatagramPacket packet = new DatagramPacket(octets, octets.length);
            try {
                socket.receive(packet);
                answer(packet);
            } catch (final SocketException e) {
                return;
            } catch (final IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void answer(final DatagramPacket packet) throws IOException {
        final ByteBuffer query = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
        final StringBuilder name = new StringBuilder();
        query.position(12);
        for (int length = query.get(); length > 0; length = query.get()) {
            final byte[] label = new byte[length];
            query.get(label);
            name.append(name.length() == 0 ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
        }
        final int type = query.getShort();
        final int questionEnd = query.position() + 2;
        final String asked = name.toString().toLowerCase(Locale.ROOT);
        final int code = codes.getOrDefault(asked, NXDOMAIN);
        if (code == SILENCE) {
            return;
        }
        final Entry entry = code == 0 ? entries.get(asked + " " + type) : null;
        final List<byte[]> data = entry == null ? List.of() : entry.data();
        final ByteBuffer answer = ByteBuffer.allocate(4096);
        answer.putShort(query.getShort(0)).putShort((short) (0x8180 | code));
        answer.putShort((short) 1).putShort((short) data.size()).putInt(0);
        answer.put(packet.getData(), 12, questionEnd - 12);
        for (final byte[] one : data) {
            answer.putShort((short) 0xc00c).putShort((short) type).putShort((short) 1);
            answer.putInt((int) entry.ttlSec()).putShort((short) one.length).put(one);
        }
        socket.send(new DatagramPacket(answer.array(), answer.position(), packet.getSocketAddress()));
    }

    public void stop() throws InterruptedException {
        socket.close();
        thread.join();
    }
}

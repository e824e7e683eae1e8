package io.trunkline.gateway.calls;

import io.trunkline.sip.media.Bencode;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Speaks {@code ng} as rtpengine does, on a real socket: each description that it is given comes back with another port. */
final class FakeRtpengine implements AutoCloseable {
    private static final int COOKIE = 17;

    /** Commands that were new, with their sides. */
    final List<String> asked = new CopyOnWriteArrayList<>();
    /** Datagrams that it does not answer, before it does. */
    final AtomicInteger deaf = new AtomicInteger();

    private final DatagramSocket socket;

    FakeRtpengine() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        new Thread(this::serve, "fake-rtpengine").start();
    }

    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    private void serve() {
        final DatagramPacket packet = new DatagramPacket(new byte[65_000], 65_000);
        try {
            while (true) {
                socket.receive(packet);
                if (deaf.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
                    answer(packet);
                }
            }
        } catch (IOException e) {
            // Closed: nobody asks any more.
        }
    }

    private void answer(final DatagramPacket packet) throws IOException {
        final UnsafeBuffer octets = new UnsafeBuffer(packet.getData(), 0, packet.getLength());
        final Map<String, Object> request = Bencode.read(octets, COOKIE, packet.getLength() - COOKIE);
        final String command = String.valueOf(request.get("command"));
        asked.add(command + " " + request.getOrDefault("from-tag", "") + " " + request.getOrDefault("to-tag", ""));
        final Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("result", command.equals("ping") ? "pong" : "ok");
        if (request.get("sdp") instanceof String sdp) {
            answer.put("sdp", sdp.replaceAll("m=audio \\d+", "m=audio " + (command.equals("offer") ? 40_000 : 40_002)));
        }
        final ExpandableArrayBuffer out = new ExpandableArrayBuffer(4_096);
        out.putBytes(0, octets, 0, COOKIE);
        final int length = Bencode.write(out, COOKIE, answer);
        socket.send(new DatagramPacket(out.byteArray(), length, packet.getSocketAddress()));
    }

    @Override
    public void close() {
        // Its thread ends with the socket.
        socket.close();
    }
}

package io.trunkline.perf.peers;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;

/** GET requests as fast as they are answered, over a number of connections that are kept open. */
public final class HttpFlood implements AutoCloseable {
    private final int port;
    private final LongFunction<String> requests;
    private final LongAdder taken = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean open = true;

    /** @param requests path and query of request number n */
    public HttpFlood(final int port, final int connections, final LongFunction<String> requests) {
        this.port = port;
        this.requests = requests;
        for (int i = 0; i < connections; i++) {
            final int first = i;
            final Thread thread = new Thread(() -> send(first, connections), "load-http-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** Answered with a 2xx. */
    public long taken() {
        return taken.sum();
    }

    /** Answered with anything else. */
    public long refused() {
        return refused.sum();
    }

    private void send(final int first, final int step) {
        long number = first;
        while (open) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setTcpNoDelay(true);
                final OutputStream out = socket.getOutputStream();
                final InputStream in = new BufferedInputStream(socket.getInputStream(), 8192);
                boolean kept = true;
                while (open && kept) {
                    final String request = "GET " + requests.apply(number) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
                    out.write(request.getBytes(StandardCharsets.US_ASCII));
                    number += step;
                    kept = answer(in);
                }
            } catch (final IOException e) {
                // It closed the connection: the next one.
                refused.increment();
            }
        }
    }

    /** Reads one answer; whether the connection stays. */
    private boolean answer(final InputStream in) throws IOException {
        final String status = line(in);
        int length = 0;
        boolean kept = true;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            final int colon = header.indexOf(':');
            if (header.regionMatches(true, 0, "content-length", 0, colon)) {
                length = Integer.parseInt(header.substring(colon + 1).strip());
            } else if (header.regionMatches(true, 0, "connection", 0, colon)) {
                kept = !"close".equalsIgnoreCase(header.substring(colon + 1).strip());
            }
        }
        in.skipNBytes(length);
        (status.contains(" 20") ? taken : refused).increment();
        return kept;
    }

    private static String line(final InputStream in) throws IOException {
        final StringBuilder text = new StringBuilder(64);
        for (int read = in.read(); read != '\n'; read = in.read()) {
            if (read < 0) {
                throw new IOException("closed in the middle of an answer");
            }
            if (read != '\r') {
                text.append((char) read);
            }
        }
        return text.toString();
    }

    @Override
    public void close() {
        open = false;
        try {
            for (final Thread thread : threads) {
                thread.join(2000);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

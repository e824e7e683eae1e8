package io.trunkline.perf.sim;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A simulator in the foreground: commands come by standard input, once a second it says what it has done. */
final class ForegroundRun {
    /** What is run. */
    interface Simulated {
        /** Units so far: a line is printed in the seconds in which they rise. */
        long units();

        /** All counters as one line, or as an object of JSON. */
        String statistics(boolean json);

        /** Answers one command; null: it is to end. */
        String command(String line);

        boolean isOpen();

        void close();
    }

    private final String name;
    private final Simulated simulated;
    private final PrintWriter out;
    private final boolean json;
    private final CountDownLatch ended = new CountDownLatch(1);

    ForegroundRun(final String name, final Simulated simulated, final PrintWriter out, final boolean json) {
        this.name = name;
        this.simulated = simulated;
        this.out = out;
        this.json = json;
    }

    /** Says where it listens, and runs until it is told to end, or the seconds are over. */
    void run(final String address, final int port, final long seconds) throws InterruptedException {
        say(
                json
                        ? "{\"event\":\"listening\",\"name\":\"" + name + "\",\"port\":" + port + "}"
                        : "sim " + name + ": listening on " + address + ":" + port);
        Runtime.getRuntime().addShutdownHook(new Thread(this::finish, "sim-stop"));
        final Thread control = new Thread(this::readControl, "sim-control");
        control.setDaemon(true);
        control.start();
        long before = 0;
        for (long second = 0; second < seconds; second++) {
            if (ended.await(1, TimeUnit.SECONDS)) {
                break;
            }
            final long units = simulated.units();
            if (units != before) {
                say(json ? simulated.statistics(true) : (units - before) + "/s  " + simulated.statistics(false));
            }
            before = units;
        }
        finish();
    }

    private void say(final String line) {
        out.println(line);
        out.flush();
    }

    private void readControl() {
        final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                final String answer = simulated.command(line);
                if (answer == null) {
                    ended.countDown();
                    return;
                }
                say(answer);
            }
        } catch (final IOException e) {
            // Standard input is gone: the simulator goes on without control.
            say("control line closed: " + e.getMessage());
        }
    }

    private synchronized void finish() {
        ended.countDown();
        if (simulated.isOpen()) {
            simulated.close();
            say(json ? simulated.statistics(true) : "sim " + name + ": " + simulated.statistics(false));
        }
    }
}

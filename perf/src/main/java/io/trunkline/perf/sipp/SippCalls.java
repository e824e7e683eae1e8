package io.trunkline.perf.sipp;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The calls of one process of SIPp as its own log of messages has them. A line of that log is
 *
 * <pre>
 *   2026-11-21 &lt;tab&gt; 20:50:01.123456 &lt;tab&gt; 1795294201.123456 &lt;tab&gt; S|R &lt;tab&gt; Call-ID &lt;tab&gt; CSeq:… &lt;tab&gt; start line
 * </pre>
 */
public final class SippCalls {
    private static final Pattern LINE =
            Pattern.compile("(\\d{9,11}\\.\\d+)\\s+([SR])\\s+(\\S+)\\s+CSeq:\\s*(\\d+)\\s+" + "([A-Z]+)\\s+(.*)");
    private static final Pattern USER = Pattern.compile("sips?:\\+?(\\d+)@");

    private final Map<String, Call> calls = new LinkedHashMap<>();

    /** One call, by when what was sent or came for the first time; times are seconds since 1970, 0 where it was not. */
    public static final class Call {
        private final String called;
        private double invited;
        private double ringing;
        private double answered;
        private double ended;
        private int status;

        private Call(final String called) {
            this.called = called;
        }

        /** The number in the Request-URI of the INVITE, digits. */
        public String called() {
            return called;
        }

        /** When the INVITE passed. */
        public double invited() {
            return invited;
        }

        /** When a 180 or 183 passed. */
        public double ringing() {
            return ringing;
        }

        /** When a 2xx to the INVITE passed. */
        public double answered() {
            return answered;
        }

        /** When a BYE passed, or a refusal of the INVITE. */
        public double ended() {
            return ended;
        }

        /** The final status of the INVITE; 0 while there is none. */
        public int status() {
            return status;
        }

        /** From answer to BYE in milliseconds; -1 where one of both is not known. */
        public double durationMs() {
            return answered > 0 && ended > 0 ? (ended - answered) * 1000 : -1;
        }

        private void pass(final double at, final String method, final String startLine) {
            final boolean response = startLine.startsWith("SIP/2.0 ");
            if (!response) {
                if ("BYE".equals(method) && ended == 0) {
                    ended = at;
                }
                return;
            }
            if (!"INVITE".equals(method)) {
                return;
            }
            final int code = Integer.parseInt(startLine.substring(8, 11));
            if ((code == 180 || code == 183) && ringing == 0) {
                ringing = at;
            } else if (code >= 200 && status == 0) {
                status = code;
                if (code < 300) {
                    answered = at;
                } else {
                    ended = at;
                }
            }
        }
    }

    /** Reads a log; a call is known from its INVITE on. */
    public static SippCalls read(final Path log) throws IOException {
        final SippCalls read = new SippCalls();
        try (BufferedReader in = Files.newBufferedReader(log, StandardCharsets.ISO_8859_1)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                read.add(line);
            }
        }
        return read;
    }

    private void add(final String line) {
        final Matcher matcher = LINE.matcher(line);
        if (!matcher.find()) {
            return;
        }
        final double at = Double.parseDouble(matcher.group(1));
        final String startLine = matcher.group(6);
        Call call = calls.get(matcher.group(3));
        if (call == null) {
            final Matcher user = USER.matcher(startLine);
            if (!startLine.startsWith("INVITE ") || !user.find()) {
                return;
            }
            call = new Call(user.group(1));
            call.invited = at;
            calls.put(matcher.group(3), call);
        }
        call.pass(at, matcher.group(5), startLine);
    }

    /** All calls in the order of their INVITEs. */
    public Collection<Call> all() {
        return calls.values();
    }
}

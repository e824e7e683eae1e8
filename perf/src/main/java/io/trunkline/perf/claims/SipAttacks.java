package io.trunkline.perf.claims;

import io.trunkline.perf.claims.Attacks.Attack;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.wire.RawSip;
import io.trunkline.sip.message.SipFault;
import io.trunkline.sip.trunk.DoorSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What hostile peers try over UDP, and what they may be answered with. Whoever is no trunk of ours is a stranger: silence, or, as
 * there is a tenant with a password, a challenge.
 */
final class SipAttacks {
    private static final Path TORTURE = Path.of("sip-trunk/src/test/resources/torture");
    /** A response that is repeated comes again after T1, 500 ms, and then after twice that. */
    private static final Duration REPEATS_WITHIN = Duration.ofMillis(1_700);

    private final SipTarget target;
    private final String platform;
    private final String stranger;

    /**
     * @param platform address of a tenant's platform
     * @param stranger address that nobody has
     */
    SipAttacks(final SipTarget target, final String platform, final String stranger) {
        this.target = target;
        this.platform = platform;
        this.stranger = stranger;
    }

    List<Attack> all() throws IOException {
        final List<Attack> attacks = new ArrayList<>();
        try (Stream<Path> files = Files.list(ProveContext.repository().resolve(TORTURE))) {
            for (final Path file : files.sorted().toList()) {
                attacks.add(new Attack("torture " + file.getFileName(), () -> torture(file)));
                attacks.add(new Attack("torture by a stranger " + file.getFileName(), () -> strangeTorture(file)));
            }
        }
        attacks.add(new Attack("scanner", this::scanner));
        attacks.add(new Attack("reflection by Via, Contact and Route", this::reflection));
        attacks.add(new Attack("responses to nothing", this::strayResponses));
        attacks.add(new Attack("a call in somebody's name", this::spoofed));
        attacks.add(new Attack("the shortest request", this::shortest));
        return attacks;
    }

    /** A message of the corpus: its first line names the fault that it must be taken for. */
    private String torture(final Path file) throws IOException, InterruptedException {
        try (RawSip peer = target.from(platform)) {
            peer.send(octets(file));
            final String answer = peer.receive(SipTarget.SILENCE);
            final SipFault fault = fault(file);
            if (fault != SipFault.NONE && answer != null && RawSip.status(answer) != fault.status()) {
                return "answered " + RawSip.status(answer) + ", not " + fault.status();
            }
            return SipTarget.alive(peer);
        }
    }

    private String strangeTorture(final Path file) throws IOException, InterruptedException {
        try (RawSip peer = target.from(stranger)) {
            peer.send(octets(file));
            return target.judge(peer, fault(file) == SipFault.NONE ? SipAllowance.challenges(1) : SipAllowance.SILENCE);
        }
    }

    private static SipFault fault(final Path file) throws IOException {
        final String first =
                Files.readAllLines(file, StandardCharsets.ISO_8859_1).get(0);
        return SipFault.valueOf(first.substring(2));
    }

    /** Two lines of comment, then the message: a line end stands for CRLF, {@code <hh>} for an octet. */
    private static byte[] octets(final Path file) throws IOException {
        final String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        final int second = text.indexOf('\n') + 1;
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = text.indexOf('\n', second) + 1; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c == '\n') {
                out.write('\r');
                out.write('\n');
            } else if (c == '<' && text.substring(i).matches("(?s)<[0-9a-f]{2}>.*")) {
                out.write(Integer.parseInt(text, i + 1, i + 3, 16));
                i += 3;
            } else {
                out.write(c);
            }
        }
        return out.toByteArray();
    }

    private String scanner() throws IOException, InterruptedException {
        try (RawSip peer = target.from(stranger)) {
            for (final String agent : DoorSettings.SCANNERS) {
                peer.send(peer.request("OPTIONS", "100", "User-Agent: " + agent.toUpperCase(Locale.ROOT) + "/1.8\r\n"));
            }
            return target.judge(peer, SipAllowance.SILENCE);
        }
    }

    /** A platform names somebody else wherever a message can: nothing may go there. */
    private String reflection() throws IOException, InterruptedException {
        try (RawSip peer = target.from(platform);
                RawSip victim = target.from(stranger)) {
            final String there = victim.sentBy();
            peer.send(peer.request("OPTIONS", "100", there, ""));
            peer.send(peer.request("OPTIONS", "100", there + ";maddr=" + there.split(":", -1)[0], ""));
            peer.send(peer.request("OPTIONS", "100", "Route: <sip:" + there + ";lr>\r\n"));
            peer.send(peer.request("MESSAGE", "100", "Record-Route: <sip:" + there + ";lr>\r\n"));
            peer.send(peer.request(
                    "BYE", "100", "Route: <sip:" + there + ";lr>\r\nReferred-By: <sip:" + there + ">\r\n"));
            peer.send(peer.request("REFER", "100", "Refer-To: <sip:" + there + ">\r\n"));
            final String got = target.judge(victim, SipAllowance.SILENCE);
            return got == null ? SipTarget.alive(peer) : "a third party: " + got;
        }
    }

    private String strayResponses() throws IOException, InterruptedException {
        try (RawSip peer = target.from(stranger)) {
            for (int status = 100; status < 700; status += 100) {
                peer.send("SIP/2.0 " + status + " X\r\nVia: SIP/2.0/UDP 127.0.0.1:" + target.port()
                        + ";branch=z9hG4bK0123456789abcdef\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>;tag=2\r\nCall-ID: "
                        + peer.fresh() + "\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n");
            }
            return target.judge(peer, SipAllowance.SILENCE);
        }
    }

    /** Whose address it is never hears more than one answer, and none again, for he will acknowledge nothing. */
    private String spoofed() throws IOException, InterruptedException {
        try (RawSip peer = target.from(stranger)) {
            peer.send(peer.request("INVITE", "49301", ""));
            Thread.sleep(REPEATS_WITHIN.toMillis());
            return target.judge(peer, SipAllowance.challenges(1));
        }
    }

    /** Nothing in it but what every request must have: what it is answered with is the longest by comparison. */
    private String shortest() throws IOException, InterruptedException {
        try (RawSip peer = target.from(stranger)) {
            peer.send(
                    "OPTIONS sip:a SIP/2.0\r\nv:SIP/2.0/UDP a;rport;branch=z9hG4bK1\r\nf:<sip:a>;tag=1\r\nt:<sip:a>\r\ni:"
                            + peer.fresh() + "\r\nCSeq:1 OPTIONS\r\nMax-Forwards:1\r\n\r\n");
            return target.judge(peer, SipAllowance.challenges(1));
        }
    }
}

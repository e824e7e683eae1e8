package io.trunkline.perf.claims;

import io.trunkline.perf.claims.Attacks.Attack;
import io.trunkline.perf.wire.RawSip;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** What is tried on tenants that come from anywhere with a password (RFC 7616). */
final class SipDigestAttacks {
    private static final int GUESSES = 30;
    /** Wrong passwords or copies after which an address is answered no more. */
    private static final int STRIKES = 5;

    private static final int NAMES = 40;

    private final SipTarget target;
    private final String user;
    private final String password;

    /** @param user of a tenant that comes from anywhere */
    SipDigestAttacks(final SipTarget target, final String user, final String password) {
        this.target = target;
        this.user = user;
        this.password = password;
    }

    List<Attack> all() {
        return List.of(
                new Attack("searching for names", this::searching),
                new Attack("replayed digest", this::replayedDigest),
                new Attack("password guessing", this::guessing));
    }

    /** Whatever is asked for, the answer is a challenge or nothing: who exists is not to be learned. */
    private String searching() throws IOException, InterruptedException {
        try (RawSip peer = target.from(CallStage.SEARCHER)) {
            for (int name = 0; name < NAMES; name++) {
                peer.send(peer.request(name % 2 == 0 ? "REGISTER" : "INVITE", name == 0 ? user : "1" + name, ""));
            }
            return target.judge(peer, SipAllowance.challenges(NAMES));
        }
    }

    /** A good answer to a challenge is good once, for whoever comes with it; after a few copies there is no answer any more. */
    private String replayedDigest() throws IOException, InterruptedException {
        try (RawSip honest = target.from(CallStage.TRAVELLER);
                RawSip thief = target.from(CallStage.THIEF)) {
            honest.send(honest.request("OPTIONS", "100", ""));
            final String challenge = honest.finalResponse(SipTarget.SOON);
            if (RawSip.status(challenge) != 401) {
                return "no challenge, but " + RawSip.status(challenge);
            }
            final String authorization = authorization(RawSip.header(challenge, "WWW-Authenticate"), password);
            honest.send(honest.request("OPTIONS", "100", authorization));
            final int accepted = RawSip.status(honest.finalResponse(SipTarget.SOON));
            if (accepted != 200) {
                return "the right password was answered " + accepted;
            }
            for (int copy = 0; copy < 2 * STRIKES; copy++) {
                thief.send(thief.request("OPTIONS", "100", authorization));
            }
            return target.judge(thief, SipAllowance.answers(STRIKES, 401, 403));
        }
    }

    /** Wrong passwords are refused a few times; then there is no answer, not even to the right one. */
    private String guessing() throws IOException, InterruptedException {
        try (RawSip peer = target.from(CallStage.GUESSER)) {
            peer.send(peer.request("OPTIONS", "100", ""));
            final String challenge = peer.finalResponse(SipTarget.SOON);
            if (RawSip.status(challenge) != 401) {
                return "no challenge, but " + RawSip.status(challenge);
            }
            final String asked = RawSip.header(challenge, "WWW-Authenticate");
            for (int guess = 0; guess < GUESSES; guess++) {
                peer.send(peer.request("OPTIONS", "100", authorization(asked, "guess" + guess)));
            }
            peer.send(peer.request("OPTIONS", "100", authorization(asked, password)));
            return target.judge(peer, SipAllowance.answers(1 + STRIKES, 401, 403));
        }
    }

    /** RFC 7616 with SHA-256 and qop auth. */
    private String authorization(final String challenge, final String secret) {
        final String realm = parameter(challenge, "realm");
        final String nonce = parameter(challenge, "nonce");
        final String uri = "sip:100@127.0.0.1:" + target.port();
        final String ha1 = sha256(user + ":" + realm + ":" + secret);
        final String ha2 = sha256("OPTIONS:" + uri);
        final String response = sha256(ha1 + ":" + nonce + ":00000001:0a4f113b:auth:" + ha2);
        return "Authorization: Digest username=\"" + user + "\", realm=\"" + realm + "\", nonce=\"" + nonce
                + "\", uri=\"" + uri + "\", response=\"" + response
                + "\", algorithm=SHA-256, qop=auth, nc=00000001, cnonce=\"0a4f113b\"\r\n";
    }

    private static String parameter(final String challenge, final String name) {
        final int at = challenge.indexOf(name + "=\"") + name.length() + 2;
        return challenge.substring(at, challenge.indexOf('"', at));
    }

    private static String sha256(final String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

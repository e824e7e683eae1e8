package io.trunkline.sip.stir;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * For Jazzer: whatever an Identity header holds, there is one verdict and no exception.
 *
 * <pre>JAZZER_FUZZ=1 mvn -pl sip-trunk -am test -Dtest=IdentityFuzzTest -Djazzer.hooks=true
 *     -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
class IdentityFuzzTest {
    private static final CallFacts FACTS =
            new CallFacts("12155551212", "12125551213", "12125551213", 1_443_208_345L, 1);

    /** An even first octet: the header as it is; an odd one: header and claims as JSON with a line between. */
    @FuzzTest(maxDuration = "60s")
    void anyHeaderGetsOneVerdict(final byte[] octets) {
        if (octets.length == 0) {
            return;
        }
        final String text = new String(octets, 1, octets.length - 1, StandardCharsets.UTF_8);
        final String value = (octets[0] & 1) == 0 ? text : encoded(text);
        final List<Verdict> heard = new ArrayList<>();
        final CertificateCache cache = new CertificateCache(
                (url, then) -> then.accept(FetchedCertificate.none(Outcome.UNREACHABLE, "none")),
                () -> 1_443_208_345_000L,
                CertificateCache.Limits.DEFAULT);
        new Verifier(
                        new VerifyPolicy(60, 3, true, true, CertificateUrls.DEFAULT),
                        cache,
                        Offload.atOnce(),
                        () -> 1_443_208_345_000L,
                        new StirCounters())
                .verify(List.of(value), FACTS, heard::add);
        if (heard.size() != 1 || heard.get(0).isVerified()) {
            throw new AssertionError(heard);
        }
    }

    private static String encoded(final String text) {
        final int line = Math.max(0, text.indexOf('\n'));
        return Base64URL.encode(text.substring(0, line)) + "." + Base64URL.encode(text.substring(line)) + '.'
                + Base64URL.encode(new byte[64]) + ";info=<https://cert.example.org/passport.cer>";
    }
}

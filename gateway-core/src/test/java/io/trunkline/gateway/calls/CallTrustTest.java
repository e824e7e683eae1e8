package io.trunkline.gateway.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trunkline.gateway.config.SipStir;
import io.trunkline.gateway.engine.simulation.FixedRouter;
import io.trunkline.gateway.upstream.TestCertificates;
import io.trunkline.sip.stir.Verifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What calls are signed with while configurations come and go. */
class CallTrustTest {
    @TempDir
    Path directory;

    @Test
    void whatWasReadBeforeServesWhereTheFilesAreGone() throws Exception {
        final TestCertificates certificates = new TestCertificates(directory).make("signer");
        final Optional<SipStir> config = Optional.of(new SipStir(
                Optional.of(new SipStir.Signing(
                        certificates.key("signer"),
                        certificates.certificate("signer"),
                        "https://cert.example.org/trunkline.pem",
                        SipStir.Unsigned.SEND)),
                Optional.empty(),
                16));
        try (CallTrust trust = new CallTrust(() -> {}, null, new FixedRouter(null, 1), System::currentTimeMillis)) {
            trust.configure(config);
            assertThat(signature(trust)).startsWith("Identity: ");
            Files.delete(certificates.key("signer"));
            trust.configure(config);
            assertThat(signature(trust)).as("until they are read").startsWith("Identity: ");
            assertThat(signature(trust)).as("as they cannot be read").startsWith("Identity: ");
        }
    }

    private static SipStir.Verifying verifying(final Path authorities) {
        return new SipStir.Verifying(authorities, false, Duration.ofSeconds(60), 3, false, List.of());
    }

    private static Verifier read(final CallTrust trust, final SipStir.Verifying verifying, final Verifier other) {
        trust.configure(Optional.of(new SipStir(Optional.empty(), Optional.of(verifying), 16)));
        await().pollInSameThread().until(() -> {
            trust.poll();
            return trust.isReady() && trust.verifier() != other;
        });
        return trust.verifier();
    }

    @Test
    void aReloadThatChangesNoAuthorityKeepsTheCertificatesThatWereFetched() throws Exception {
        final TestCertificates certificates =
                new TestCertificates(directory).make("one").make("two");
        final Path authorities = directory.resolve("authorities.pem");
        Files.copy(certificates.certificate("one"), authorities);
        try (CallTrust trust = new CallTrust(() -> {}, null, new FixedRouter(null, 1), System::currentTimeMillis)) {
            final Verifier first = read(trust, verifying(authorities), null);
            assertThat(read(trust, verifying(authorities), null)).isSameAs(first);
            Files.copy(certificates.certificate("two"), authorities, StandardCopyOption.REPLACE_EXISTING);
            final Verifier second = read(trust, verifying(authorities), first);
            assertThat(read(trust, verifying(certificates.certificate("two")), second))
                    .isNotSameAs(second);
        }
    }

    private static String signature(final CallTrust trust) {
        final LiveCall call = new LiveCall();
        call.begin(null, CallerReaderTest.peer());
        call.tenant = 1;
        call.fromLength = call.from.putStringWithoutLengthAscii(0, "34910000001");
        call.toLength = call.to.putStringWithoutLengthAscii(0, "442071838750");
        final List<String> heard = new ArrayList<>();
        trust.sign(call, heard::add);
        await().pollInSameThread().until(() -> {
            trust.poll();
            return !heard.isEmpty();
        });
        return heard.get(0);
    }
}

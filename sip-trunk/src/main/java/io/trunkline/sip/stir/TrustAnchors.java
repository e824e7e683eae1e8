package io.trunkline.sip.stir;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXCertPathChecker;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The certification authorities whose signers are believed, as the policy administrator of a country lists them. Chains are
 * held against them by the rules of RFC 5280 as the JDK has them; revocation lists are not looked at. Thread-safe.
 */
public final class TrustAnchors {
    /** Octets of the largest chain that is read. */
    public static final int MAX_CHAIN = 64 * 1024;

    private static final int MAX_CERTIFICATES = 8;
    private static final int P256_BITS = 256;
    private static final int DIGITAL_SIGNATURE = 0;

    private final Set<TrustAnchor> anchors = new HashSet<>();
    private final Set<X509Certificate> roots = new HashSet<>();
    private final boolean listRequired;

    /**
     * Reads the anchors.
     *
     * @param pem one or more certificates
     * @param listRequired whether a signer's certificate must have a TN authorization list, as in SHAKEN
     * @throws CertificateException if it is something else, or nothing
     */
    public TrustAnchors(final byte[] pem, final boolean listRequired) throws CertificateException {
        for (final X509Certificate root : certificates(pem)) {
            roots.add(root);
            anchors.add(new TrustAnchor(root, null));
        }
        this.listRequired = listRequired;
    }

    /** Number of authorities. */
    public int size() {
        return anchors.size();
    }

    static List<X509Certificate> certificates(final byte[] pem) throws CertificateException {
        final Collection<? extends Certificate> read =
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
        final List<X509Certificate> certificates = new ArrayList<>();
        for (final Certificate one : read) {
            certificates.add((X509Certificate) one);
        }
        if (certificates.isEmpty()) {
            throw new CertificateException("no certificate");
        }
        return certificates;
    }

    /**
     * Holds a chain, the signer's certificate first, against the anchors. Takes some ms.
     *
     * @param pem as it was fetched
     * @param nowMs ms since 1970
     */
    public FetchedCertificate check(final byte[] pem, final long nowMs) {
        if (pem.length > MAX_CHAIN) {
            return FetchedCertificate.none(Outcome.UNTRUSTED, "chain of more than " + MAX_CHAIN + " octets");
        }
        try {
            final List<X509Certificate> chain = certificates(pem);
            if (chain.size() > MAX_CERTIFICATES) {
                return FetchedCertificate.none(
                        Outcome.UNTRUSTED, "chain of more than " + MAX_CERTIFICATES + " certificates");
            }
            validate(chain, nowMs);
            return signer(chain.get(0));
        } catch (final GeneralSecurityException | RuntimeException e) {
            // The parser of the JDK lets some malformed certificates out as exceptions of their own.
            return FetchedCertificate.none(Outcome.UNTRUSTED, String.valueOf(e.getMessage()));
        }
    }

    private void validate(final List<X509Certificate> chain, final long nowMs) throws GeneralSecurityException {
        final List<X509Certificate> path = new ArrayList<>(chain);
        // Some publish the root with the chain; the path ends below it.
        path.removeIf(certificate -> path.size() > 1 && roots.contains(certificate));
        final CertPath built = CertificateFactory.getInstance("X.509").generateCertPath(path);
        final PKIXParameters parameters = new PKIXParameters(anchors);
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(Instant.ofEpochMilli(nowMs)));
        parameters.addCertPathChecker(new ListIsKnown());
        CertPathValidator.getInstance("PKIX").validate(built, parameters);
    }

    private FetchedCertificate signer(final X509Certificate certificate) {
        if (!(certificate.getPublicKey() instanceof ECPublicKey key)
                || key.getParams().getCurve().getField().getFieldSize() != P256_BITS) {
            return FetchedCertificate.none(Outcome.UNTRUSTED, "the certificate's key is not of the curve P-256");
        }
        final boolean[] usage = certificate.getKeyUsage();
        if (certificate.getBasicConstraints() >= 0 || (usage != null && !usage[DIGITAL_SIGNATURE])) {
            return FetchedCertificate.none(Outcome.UNTRUSTED, "the certificate is not one to sign calls with");
        }
        final byte[] extension = certificate.getExtensionValue(TnAuthorization.OID);
        final TnAuthorization numbers = extension == null ? TnAuthorization.NONE : TnAuthorization.read(extension);
        if (numbers == null || (listRequired && !numbers.isGiven())) {
            return FetchedCertificate.none(
                    Outcome.UNTRUSTED, "the certificate has no TN authorization list, or one that cannot be read");
        }
        return FetchedCertificate.of(new SignerCertificate(
                key,
                numbers,
                certificate.getNotBefore().toInstant().toEpochMilli(),
                certificate.getNotAfter().toInstant().toEpochMilli(),
                name(certificate)));
    }

    static String name(final X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName() + " #"
                + certificate.getSerialNumber().toString(16);
    }

    /** The list may be critical, and the JDK knows nothing of it. */
    private static final class ListIsKnown extends PKIXCertPathChecker {
        @Override
        public void init(final boolean forward) {
            // Nothing is kept from one certificate to the next.
        }

        @Override
        public boolean isForwardCheckingSupported() {
            return true;
        }

        @Override
        public Set<String> getSupportedExtensions() {
            return Set.of(TnAuthorization.OID);
        }

        @Override
        public void check(final Certificate certificate, final Collection<String> unresolved) {
            unresolved.remove(TnAuthorization.OID);
        }
    }
}

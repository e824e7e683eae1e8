package io.trunkline.sip.transport;

import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Reads the identities of a SIP domain from a certificate: sip URIs without user, else DNS names (RFC 5922 §7.1). */
final class PeerNames {
    private static final int DNS_NAME = 2;
    private static final int URI = 6;
    private static final String SIP = "sip:";
    private static final int MAX_NAMES = 64;

    private PeerNames() {}

    /** Names that the peer of a session has proved; empty where it sent no certificate. */
    static Set<String> of(final SSLSession session) {
        try {
            final Certificate[] chain = session.getPeerCertificates();
            if (chain.length > 0 && chain[0] instanceof X509Certificate certificate) {
                return of(certificate.getSubjectAlternativeNames());
            }
        } catch (final SSLPeerUnverifiedException | CertificateParsingException e) {
            return Set.of();
        }
        return Set.of();
    }

    private static Set<String> of(final Collection<List<?>> alternatives) {
        final Set<String> uris = new HashSet<>();
        final Set<String> names = new HashSet<>();
        if (alternatives != null) {
            for (final List<?> alternative : alternatives) {
                if (uris.size() + names.size() < MAX_NAMES && alternative.get(1) instanceof String text) {
                    final String lower = text.toLowerCase(Locale.ROOT);
                    if (alternative.get(0).equals(DNS_NAME)) {
                        names.add(lower);
                    } else if (alternative.get(0).equals(URI) && lower.startsWith(SIP) && lower.indexOf('@') < 0) {
                        uris.add(lower.substring(SIP.length()));
                    }
                }
            }
        }
        return Set.copyOf(uris.isEmpty() ? names : uris);
    }
}

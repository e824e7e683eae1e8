package io.trunkline.sip.stir;

import java.util.function.Consumer;

/** Where certificates come from. */
@FunctionalInterface
public interface CertificateSource {
    /**
     * Fetches a certificate and holds it against the trust anchors. Never blocks.
     *
     * @param url as the PASSporT names it, already held against {@link CertificateUrls}
     * @param then hears exactly once what came of it, on the thread that asked
     */
    void fetch(String url, Consumer<FetchedCertificate> then);
}

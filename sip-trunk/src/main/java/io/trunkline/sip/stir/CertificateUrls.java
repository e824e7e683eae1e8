package io.trunkline.sip.stir;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/**
 * Which URLs certificates are fetched from. A PASSporT's URL is a stranger's wish: whoever follows every one of them fetches from
 * wherever the stranger likes.
 *
 * @param hosts hosts that are asked; empty for all that are names
 * @param ports ports that are asked; 443 and 8443 in SHAKEN
 * @param literals whether addresses may stand in place of names
 */
public record CertificateUrls(Set<String> hosts, Set<Integer> ports, boolean literals) {
    /** Any name over HTTPS, ports 443 and 8443. */
    public static final CertificateUrls DEFAULT = new CertificateUrls(Set.of(), Set.of(443, 8443), false);

    private static final int MAX_LENGTH = 512;
    private static final int HTTPS = 443;

    public CertificateUrls {
        hosts = Set.copyOf(hosts);
        ports = Set.copyOf(ports);
    }

    /** Why a URL is not asked, or null where it is. */
    public String refusal(final String url) {
        if (url.length() > MAX_LENGTH) {
            return "URL of the certificate is longer than " + MAX_LENGTH;
        }
        final URI uri;
        try {
            uri = new URI(url);
        } catch (final URISyntaxException e) {
            return "URL of the certificate is none";
        }
        final String host = uri.getHost();
        if (!"https".equalsIgnoreCase(uri.getScheme()) || host == null || uri.getUserInfo() != null) {
            return "certificates are fetched over https only";
        }
        if (!ports.contains(uri.getPort() < 0 ? HTTPS : uri.getPort())) {
            return "certificates are not fetched from port " + uri.getPort();
        }
        if (!literals && isLiteral(host)) {
            return "certificates are not fetched from addresses without a name";
        }
        return hosts.isEmpty() || hosts.contains(host.toLowerCase(Locale.ROOT))
                ? null
                : "certificates are not fetched from " + host;
    }

    private static boolean isLiteral(final String host) {
        final char last = host.charAt(host.length() - 1);
        return host.startsWith("[") || (last >= '0' && last <= '9') || !host.contains(".");
    }
}

package io.trunkline.sip.stir;

import java.util.List;

/**
 * The claims of a PASSporT (RFC 8225 §5), with those of SHAKEN (RFC 8588 §3) where it is one. Numbers are canonical.
 *
 * @param x5u where the certificate is
 * @param ppt {@code shaken}, or empty
 * @param orig the calling number; for a caller that has none its URI
 * @param dest called numbers
 * @param destUris called URIs
 * @param iatSec when it was signed, s since 1970
 * @param attestation null unless it is SHAKEN
 * @param origid the signer's mark for where the call came from; empty unless it is SHAKEN
 */
public record Passport(
        String x5u,
        String ppt,
        String orig,
        List<String> dest,
        List<String> destUris,
        long iatSec,
        Attestation attestation,
        String origid) {
    /** {@link #ppt()} of SHAKEN. */
    public static final String SHAKEN = "shaken";

    public Passport {
        dest = List.copyOf(dest);
        destUris = List.copyOf(destUris);
    }

    /** A SHAKEN PASSporT from one number to another. */
    public static Passport shaken(
            final String x5u,
            final String orig,
            final String dest,
            final long iatSec,
            final Attestation attestation,
            final String origid) {
        return new Passport(x5u, SHAKEN, orig, List.of(dest), List.of(), iatSec, attestation, origid);
    }

    /** Whether it has the claims of RFC 8588. */
    public boolean isShaken() {
        return ppt.equals(SHAKEN);
    }

    /** The protected header, members in order and without white space (RFC 8225 §9). */
    String headerJson() {
        return "{\"alg\":\"ES256\"," + (ppt.isEmpty() ? "" : "\"ppt\":" + quoted(ppt) + ',')
                + "\"typ\":\"passport\",\"x5u\":" + quoted(x5u) + '}';
    }

    /** The claims, members in order and without white space (RFC 8225 §9). */
    String claimsJson() {
        final StringBuilder json = new StringBuilder(256).append('{');
        if (isShaken()) {
            json.append("\"attest\":\"").append(attestation.letter()).append("\",");
        }
        json.append("\"dest\":{");
        if (!dest.isEmpty()) {
            append(json.append("\"tn\":"), dest);
        }
        if (!destUris.isEmpty()) {
            append(json.append(dest.isEmpty() ? "\"uri\":" : ",\"uri\":"), destUris);
        }
        json.append("},\"iat\":").append(iatSec).append(",\"orig\":{\"");
        json.append(TelephoneNumber.canonical(orig) == null ? "uri" : "tn");
        json.append("\":").append(quoted(orig)).append('}');
        if (isShaken()) {
            json.append(",\"origid\":").append(quoted(origid));
        }
        return json.append('}').toString();
    }

    private static void append(final StringBuilder json, final List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            json.append(i == 0 ? '[' : ',').append(quoted(values.get(i)));
        }
        json.append(']');
    }

    private static String quoted(final String value) {
        final StringBuilder json = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            final char at = value.charAt(i);
            if (at < ' ') {
                json.append("\\u00").append(Character.forDigit(at >> 4, 16)).append(Character.forDigit(at & 0xf, 16));
            } else {
                json.append(at == '"' || at == '\\' ? "\\" : "").append(at);
            }
        }
        return json.append('"').toString();
    }
}

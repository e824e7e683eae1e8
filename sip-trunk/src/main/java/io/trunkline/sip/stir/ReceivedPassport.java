package io.trunkline.sip.stir;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A PASSporT as it came, nothing of it believed.
 *
 * @param passport null where it is none
 * @param signingInput what the signature is over
 * @param signature of ES256: two numbers of 32 octets
 * @param refusal why it is none; null where it is one
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record ReceivedPassport(Passport passport, byte[] signingInput, Base64URL signature, Verdict refusal) {
    private static final String ES256 = "ES256";
    private static final int MAX_DESTINATIONS = 32;
    private static final int SIGNATURE_OCTETS = 64;

    /** Reads the PASSporT of a header; of the compact form the claims are those of the call. */
    static ReceivedPassport read(final IdentityHeader header, final CallFacts facts) {
        if (!header.alg().equals(ES256)) {
            return refused(Outcome.UNSUPPORTED, "algorithm is not ES256");
        }
        final int first = header.token().indexOf('.');
        final int second = header.token().indexOf('.', first + 1);
        final Base64URL signature = new Base64URL(header.token().substring(second + 1));
        if (signature.decode().length != SIGNATURE_OCTETS) {
            return refused(Outcome.MALFORMED, "signature is not 64 octets");
        }
        if (second == 1) {
            return compact(header, facts, signature);
        }
        try {
            return full(header, first, second, signature);
        } catch (final ParseException | ClassCastException e) {
            return refused(Outcome.MALFORMED, "PASSporT is not as RFC 8225 says");
        }
    }

    private static ReceivedPassport refused(final Outcome outcome, final String why) {
        return new ReceivedPassport(null, null, null, Verdict.of(outcome, why));
    }

    /** The sender left out what can be told from the message (RFC 8224 §7.1); SHAKEN's claims cannot. */
    private static ReceivedPassport compact(
            final IdentityHeader header, final CallFacts facts, final Base64URL signature) {
        if (!header.ppt().isEmpty() || facts.dateSec() == 0 || facts.orig() == null || facts.dest() == null) {
            return refused(Outcome.MALFORMED, "compact form of a PASSporT whose claims the message does not have");
        }
        final Passport passport = new Passport(
                header.info(), "", facts.orig(), List.of(facts.dest()), List.of(), facts.dateSec(), null, "");
        return new ReceivedPassport(passport, Signer.signingInput(passport), signature, null);
    }

    private static ReceivedPassport full(
            final IdentityHeader header, final int first, final int second, final Base64URL signature)
            throws ParseException {
        final Map<String, Object> head = json(header.token().substring(0, first));
        final Map<String, Object> claims = json(header.token().substring(first + 1, second));
        final String ppt = text(head, "ppt");
        if (!ES256.equals(head.get("alg")) || head.containsKey("crit")) {
            return refused(Outcome.UNSUPPORTED, "algorithm is not ES256, or an extension is critical");
        }
        if (!"passport".equals(head.get("typ"))
                || !header.info().equals(head.get("x5u"))
                || !(header.ppt().isEmpty() || header.ppt().equals(ppt))) {
            return refused(Outcome.MALFORMED, "the PASSporT's header and the parameters beside it differ");
        }
        final Map<String, Object> orig = object(claims, "orig");
        final Map<String, Object> dest = object(claims, "dest");
        final String from = TelephoneNumber.canonical(text(orig, "tn"));
        final Attestation attestation = Attestation.of(text(claims, "attest"));
        final boolean shaken = ppt.equals(Passport.SHAKEN);
        if (!(claims.get("iat") instanceof Long iatSec)
                || (from == null && text(orig, "uri").isEmpty())
                || (shaken && (attestation == null || text(claims, "origid").isEmpty()))) {
            return refused(Outcome.MALFORMED, "the PASSporT lacks iat, orig, attest or origid");
        }
        final List<String> numbers = new ArrayList<>();
        for (final String number : texts(dest, "tn")) {
            final String canonical = TelephoneNumber.canonical(number);
            if (canonical != null) {
                numbers.add(canonical);
            }
        }
        final Passport passport = new Passport(
                header.info(),
                ppt,
                from == null ? text(orig, "uri") : from,
                numbers,
                texts(dest, "uri"),
                iatSec,
                shaken ? attestation : null,
                shaken ? text(claims, "origid") : "");
        final byte[] input = header.token().substring(0, second).getBytes(StandardCharsets.US_ASCII);
        return new ReceivedPassport(passport, input, signature, null);
    }

    private static Map<String, Object> json(final String part) throws ParseException {
        return JSONObjectUtils.parse(new Base64URL(part).decodeToString(), IdentityHeader.MAX_LENGTH);
    }

    private static String text(final Map<String, Object> object, final String name) throws ParseException {
        final Object value = object.get(name);
        if (value != null && !(value instanceof String)) {
            throw new ParseException(name, 0);
        }
        return value == null ? "" : (String) value;
    }

    @SuppressWarnings("unchecked") // Names of JSON's objects are always texts.
    private static Map<String, Object> object(final Map<String, Object> object, final String name)
            throws ParseException {
        if (object.get(name) instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new ParseException(name, 0);
    }

    private static List<String> texts(final Map<String, Object> object, final String name) throws ParseException {
        final List<String> texts = new ArrayList<>();
        if (object.get(name) instanceof List<?> list) {
            for (final Object one : list) {
                if (!(one instanceof String text) || texts.size() == MAX_DESTINATIONS) {
                    throw new ParseException(name, 0);
                }
                texts.add(text);
            }
        } else if (object.containsKey(name)) {
            throw new ParseException(name, 0);
        }
        return texts;
    }
}

package io.trunkline.sip.call;

import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.Octets;
import io.trunkline.sip.message.Range;
import io.trunkline.sip.message.SipMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Which headers pass from one leg to the other, by parsed name, so that compact forms and capitals make no difference. What
 * is not listed does not pass. Headers that this package writes itself cannot be listed.
 */
public final class HeaderPolicy {
    private static final Set<HeaderName> OURS = EnumSet.of(
            HeaderName.OTHER,
            HeaderName.VIA,
            HeaderName.FROM,
            HeaderName.TO,
            HeaderName.CALL_ID,
            HeaderName.CSEQ,
            HeaderName.MAX_FORWARDS,
            HeaderName.CONTACT,
            HeaderName.ROUTE,
            HeaderName.RECORD_ROUTE,
            HeaderName.CONTENT_LENGTH,
            HeaderName.ALLOW,
            HeaderName.SUPPORTED,
            HeaderName.REQUIRE,
            HeaderName.PROXY_REQUIRE,
            HeaderName.SESSION_EXPIRES,
            HeaderName.MIN_SE,
            HeaderName.RSEQ,
            HeaderName.RACK,
            HeaderName.AUTHORIZATION,
            HeaderName.PROXY_AUTHORIZATION,
            HeaderName.WWW_AUTHENTICATE,
            HeaderName.PROXY_AUTHENTICATE);

    /**
     * What belongs to the call and not to one of its ends: body, preferences, reasons. Identities and histories are not among it:
     * whom they may be shown to is the owner's decision.
     */
    public static final HeaderPolicy DEFAULT = new HeaderPolicy(
            EnumSet.of(
                    HeaderName.ACCEPT,
                    HeaderName.ACCEPT_ENCODING,
                    HeaderName.ACCEPT_LANGUAGE,
                    HeaderName.CONTENT_TYPE,
                    HeaderName.CONTENT_ENCODING,
                    HeaderName.CONTENT_DISPOSITION,
                    HeaderName.CONTENT_LANGUAGE,
                    HeaderName.MIME_VERSION,
                    HeaderName.DATE,
                    HeaderName.INFO_PACKAGE,
                    HeaderName.RECV_INFO,
                    HeaderName.P_EARLY_MEDIA,
                    HeaderName.PRIORITY,
                    HeaderName.PRIVACY,
                    HeaderName.REASON,
                    HeaderName.RETRY_AFTER,
                    HeaderName.SUBJECT,
                    HeaderName.USER_TO_USER,
                    HeaderName.WARNING),
            List.of());

    private final EnumSet<HeaderName> names;
    private final byte[][] others;

    /**
     * A policy.
     *
     * @param names headers that pass
     * @param others headers that pass and have no constant, in any case, as {@code X-Account}
     */
    public HeaderPolicy(final Set<HeaderName> names, final List<String> others) {
        this.names = EnumSet.copyOf(names);
        for (final HeaderName name : names) {
            if (OURS.contains(name)) {
                throw new IllegalArgumentException(name.text() + " is made anew on each leg and cannot pass");
            }
        }
        this.others = new byte[others.size()][];
        for (int i = 0; i < this.others.length; i++) {
            this.others[i] = Octets.ascii(others.get(i).toLowerCase(Locale.ROOT));
        }
    }

    /**
     * The same policy, and these headers pass too.
     *
     * @param more by name, in any case
     */
    public HeaderPolicy with(final List<String> more) {
        final EnumSet<HeaderName> allNames = EnumSet.copyOf(names);
        final List<String> allOthers = new ArrayList<>();
        for (final byte[] other : others) {
            allOthers.add(new String(other, StandardCharsets.US_ASCII));
        }
        for (final String name : more) {
            final HeaderName known = nameOf(name);
            if (known == HeaderName.OTHER) {
                allOthers.add(name);
            } else {
                allNames.add(known);
            }
        }
        return new HeaderPolicy(allNames, allOthers);
    }

    private static HeaderName nameOf(final String text) {
        final byte[] octets = Octets.ascii(text);
        return HeaderName.of(new UnsafeBuffer(octets), Range.of(0, octets.length));
    }

    /** Whether a policy may list a header, by name in any case: not those that are made anew on each leg. */
    public static boolean mayPass(final String name) {
        final HeaderName known = nameOf(name);
        return known == HeaderName.OTHER || !OURS.contains(known);
    }

    /** Whether a line of a message passes. */
    public boolean passes(final SipMessage message, final int line) {
        final HeaderName header = message.header(line);
        if (header != HeaderName.OTHER) {
            return names.contains(header);
        }
        for (final byte[] other : others) {
            if (Octets.equalIgnoringCase(message.buffer(), message.name(line), other)) {
                return true;
            }
        }
        return false;
    }
}

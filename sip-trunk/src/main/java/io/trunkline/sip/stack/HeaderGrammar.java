package io.trunkline.sip.stack;

import gov.nist.core.CommonLogger;
import gov.nist.javax.sip.header.ParametersHeader;
import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.header.SIPHeaderList;
import gov.nist.javax.sip.parser.StringMsgParser;
import io.trunkline.sip.message.Octets;
import io.trunkline.sip.message.Range;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.stack.HeaderReading.Element;
import io.trunkline.sip.stack.HeaderReading.Read;
import io.trunkline.sip.stack.HeaderReading.Refused;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads single header lines with JAIN-SIP's parser. It allocates some kilobytes per line, so it is for the headers that a
 * decision needs, not for every message. Stateless.
 */
public final class HeaderGrammar {
    /** Octets of the longest line that is given to the parser, whose time grows faster than the length of a list. */
    public static final int MAX_LENGTH = 4 * 1024;

    static {
        // Otherwise the parser looks for log4j 1, which is not there.
        CommonLogger.useLegacyLogger = true;
        CommonLogger.legacyLogger = new SilentLogger();
    }

    private HeaderGrammar() {}

    /** Reads a header line of a message. Never throws for what a peer wrote. */
    public static HeaderReading read(final SipMessage message, final int line) {
        final long value = message.value(line);
        if (Range.length(value) > MAX_LENGTH) {
            return new Refused("longer than " + MAX_LENGTH + " octets");
        }
        return read(Octets.text(message.buffer(), message.name(line)), Octets.text(message.buffer(), value));
    }

    /** Reads a header whose name and value are text; folds may stand in the value. */
    static HeaderReading read(final String name, final String value) {
        try {
            final SIPHeader header = StringMsgParser.parseSIPHeader(name + ": " + unfolded(value));
            final List<Element> elements = new ArrayList<>();
            if (header instanceof SIPHeaderList<?> list) {
                for (final SIPHeader element : list) {
                    elements.add(element(element));
                }
            } else {
                elements.add(element(header));
            }
            return new Read(elements);
        } catch (final ParseException | RuntimeException e) {
            // It throws what it likes for bad input: IllegalArgumentException, NullPointerException, ...
            return new Refused(String.valueOf(e.getMessage()));
        } catch (final StackOverflowError e) {
            // Its parser descends recursively, and this must not be the end of the thread that called.
            return new Refused("nested too deeply");
        }
    }

    /** A fold counts as one space (RFC 3261 §7.3.1). In one pass: blanks without end cost no more than anything else. */
    private static String unfolded(final String value) {
        if (value.indexOf('\r') < 0) {
            return value;
        }
        final StringBuilder line = new StringBuilder(value.length());
        int at = 0;
        while (at < value.length()) {
            if (value.startsWith("\r\n", at)) {
                int end = line.length();
                while (end > 0 && isBlank(line.charAt(end - 1))) {
                    end--;
                }
                line.setLength(end);
                at += 2;
                while (at < value.length() && isBlank(value.charAt(at))) {
                    at++;
                }
                line.append(' ');
            } else {
                line.append(value.charAt(at));
                at++;
            }
        }
        return line.toString();
    }

    private static boolean isBlank(final char character) {
        return character == ' ' || character == '\t';
    }

    private static Element element(final SIPHeader header) {
        final Map<String, String> parameters = new LinkedHashMap<>();
        String value = header.getHeaderValue();
        if (header instanceof ParametersHeader parametersHeader) {
            final Iterator<?> names = parametersHeader.getParameterNames();
            while (names.hasNext()) {
                final String name = String.valueOf(names.next());
                final String parameter = parametersHeader.getParameter(name);
                parameters.put(name.toLowerCase(Locale.ROOT), parameter == null ? "" : parameter);
            }
            value = withoutParameters(value, parametersHeader);
        }
        return new Element(value, Collections.unmodifiableMap(parameters));
    }

    /** Parameters end an element, after a semicolon, or after the scheme and a space in authentication headers. */
    private static String withoutParameters(final String value, final ParametersHeader header) {
        final String encoded =
                header.getParameters() == null ? "" : header.getParameters().encode();
        if (encoded.isEmpty() || !value.endsWith(encoded)) {
            return value;
        }
        final String rest = value.substring(0, value.length() - encoded.length());
        return rest.endsWith(";") || rest.endsWith(" ") ? rest.substring(0, rest.length() - 1) : rest;
    }
}

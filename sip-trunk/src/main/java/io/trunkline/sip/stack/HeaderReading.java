package io.trunkline.sip.stack;

import java.util.List;
import java.util.Map;

/** What the grammar makes of one header line. */
public sealed interface HeaderReading {
    /**
     * The line follows the grammar.
     *
     * @param elements its elements in order: one, or those of a list
     */
    record Read(List<Element> elements) implements HeaderReading {
        public Read {
            elements = List.copyOf(elements);
        }
    }

    /**
     * The line does not follow the grammar, or is longer than {@link HeaderGrammar#MAX_LENGTH}.
     *
     * @param why for the log; not for the peer
     */
    record Refused(String why) implements HeaderReading {}

    /**
     * One element of a header.
     *
     * @param value what stands before the parameters, in JAIN-SIP's spelling: an address, a token, a number, a scheme
     * @param parameters names in lower case, values without quotes, empty for a parameter without one; in order
     */
    record Element(String value, Map<String, String> parameters) {}
}

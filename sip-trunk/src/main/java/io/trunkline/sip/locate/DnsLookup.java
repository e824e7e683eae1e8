package io.trunkline.sip.locate;

import java.util.function.Consumer;

/** Asks name servers. Never blocks; every query is answered once, on the caller's thread, perhaps before this returns. */
public interface DnsLookup {
    /**
     * Asks for the records of a type that an absolute name has.
     *
     * @param name without a dot at its end
     */
    void query(String name, RecordType type, Consumer<DnsAnswer> then);
}

package io.trunkline.sip.locate;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Name servers of a test: records by name and type. */
public final class Zone implements DnsLookup {
    private final Map<String, List<DnsRecord>> records = new HashMap<>();
    private final Map<String, Long> ttls = new HashMap<>();
    private final Set<String> failing = new HashSet<>();
    /** Every question, as "name type". */
    public final List<String> asked = new ArrayList<>();
    /** Whether answers wait for {@link #answerAll}. */
    public boolean slow;

    private final List<Runnable> waiting = new ArrayList<>();

    private static String key(final String name, final RecordType type) {
        return name + " " + type;
    }

    private Zone add(final String name, final RecordType type, final long ttlSec, final DnsRecord record) {
        records.computeIfAbsent(key(name, type), key -> new ArrayList<>()).add(record);
        ttls.put(key(name, type), ttlSec);
        return this;
    }

    public Zone address(final String name, final long ttlSec, final String address) {
        try {
            final InetAddress parsed = InetAddress.getByName(address);
            final RecordType type = address.indexOf(':') < 0 ? RecordType.A : RecordType.AAAA;
            return add(name, type, ttlSec, new DnsRecord.Address(parsed));
        } catch (final UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public Zone service(final String name, final int priority, final int weight, final int port, final String target) {
        return add(name, RecordType.SRV, 300, new DnsRecord.Service(priority, weight, port, target));
    }

    public Zone pointer(
            final String name, final int order, final int preference, final String services, final String replacement) {
        return add(name, RecordType.NAPTR, 300, new DnsRecord.Pointer(order, preference, "s", services, replacement));
    }

    /** Forgets a name's records of a type. */
    public Zone remove(final String name, final RecordType type) {
        records.remove(key(name, type));
        return this;
    }

    /** From now on such a question has no answer. */
    public Zone fail(final String name, final RecordType type) {
        failing.add(key(name, type));
        return this;
    }

    public Zone mend() {
        failing.clear();
        return this;
    }

    @Override
    public void query(final String name, final RecordType type, final Consumer<DnsAnswer> then) {
        final String key = key(name, type);
        asked.add(key);
        final Runnable answer = () -> then.accept(
                failing.contains(key)
                        ? DnsAnswer.FAILED
                        : DnsAnswer.found(records.getOrDefault(key, List.of()), ttls.getOrDefault(key, 0L)));
        if (slow) {
            waiting.add(answer);
        } else {
            answer.run();
        }
    }

    /** Answers all questions, and those that follow from the answers. */
    public void answerAll() {
        while (!waiting.isEmpty()) {
            waiting.remove(0).run();
        }
    }
}

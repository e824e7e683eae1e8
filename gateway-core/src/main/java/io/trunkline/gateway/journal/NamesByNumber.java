package io.trunkline.gateway.journal;

import io.trunkline.gateway.journal.codec.NamedDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * Names of tenants, carriers, binds and trunks, from the records that gave them their numbers. One that is not met in the records read
 * is in the newest checkpoint: retention takes no file away without one behind it.
 */
public final class NamesByNumber {
    private static final int TENANT = 1;
    private static final int CARRIER = 2;
    private static final int BIND = 3;

    private final Int2ObjectHashMap<String> tenants = new Int2ObjectHashMap<>();
    private final Int2ObjectHashMap<String> carriers = new Int2ObjectHashMap<>();
    private final Int2ObjectHashMap<String> binds = new Int2ObjectHashMap<>();
    private final NamedDecoder decoder = new NamedDecoder();

    /** Takes the names of the newest checkpoint. Each fold over a journal begins with this. */
    public NamesByNumber ahead(final Checkpointed journal) {
        journal.readNames(this::onNamed);
        return this;
    }

    /** Takes a {@code Named} record. */
    public void onNamed(final RecordView record) {
        decoder.wrap(record.buffer(), record.offset(), record.blockLength(), record.version());
        final Int2ObjectHashMap<String> names = switch (decoder.kind()) {
            case TENANT -> tenants;
            case CARRIER -> carriers;
            case BIND -> binds;
            default -> null;
        };
        if (names != null && !names.containsKey((int) decoder.number())) {
            final int number = (int) decoder.number();
            final byte[] bytes = new byte[decoder.nameLength()];
            decoder.getName(bytes, 0, bytes.length);
            names.put(number, new String(bytes, StandardCharsets.UTF_8));
        }
    }

    /** The name of a tenant; one that says so where the journal does not have it. */
    public String tenant(final int number) {
        return name(tenants, number);
    }

    /** Whether the journal has named this tenant. */
    public boolean knowsTenant(final int number) {
        return tenants.containsKey(number);
    }

    /** Whether the journal has named this carrier. */
    public boolean knowsCarrier(final int number) {
        return carriers.containsKey(number);
    }

    /** The name of a carrier; empty for none. */
    public String carrier(final int number) {
        return number == 0 ? "" : name(carriers, number);
    }

    /** The name of a bind, with its carrier's: {@code alpha/b1}. */
    public String bind(final int number) {
        return name(binds, number);
    }

    /** The name of a trunk, with its carrier's: trunks share the numbers of binds. Empty for none. */
    public String trunk(final int number) {
        return number == 0 ? "" : bind(number);
    }

    /** The number of a carrier; 0 where there is none of that name. */
    public int carrierNumber(final String name) {
        for (final Map.Entry<Integer, String> each : carriers.entrySet()) {
            if (each.getValue().equals(name)) {
                return each.getKey();
            }
        }
        return 0;
    }

    /** All names of carriers, for those who mistyped one. */
    public Iterable<String> carrierNames() {
        return new TreeMap<>(carriers).values();
    }

    private static String name(final Int2ObjectHashMap<String> names, final int number) {
        final String name = names.get(number);
        return name == null ? "?" + number : name;
    }

    /** Tenants by number, to be kept beside a cursor. */
    public SortedMap<Integer, String> tenants() {
        return new TreeMap<>(tenants);
    }

    /** Carriers by number. */
    public SortedMap<Integer, String> carriers() {
        return new TreeMap<>(carriers);
    }

    /** Binds by number. */
    public SortedMap<Integer, String> binds() {
        return new TreeMap<>(binds);
    }

    /** Takes over what was kept. */
    public void restore(
            final Map<Integer, String> keptTenants,
            final Map<Integer, String> keptCarriers,
            final Map<Integer, String> keptBinds) {
        tenants.putAll(keptTenants);
        carriers.putAll(keptCarriers);
        binds.putAll(keptBinds);
    }
}

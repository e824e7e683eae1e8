package io.trunkline.sip.trunk;

import io.trunkline.sip.transport.Destination;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * From where something came to the trunk whose it is: by the longest prefix. Built anew when a trunk's addresses change, never
 * changed.
 */
final class SourceTable {
    private static final int BITS = 128;

    /** Blocks by their prefix length, the longest first. */
    private final TreeMap<Integer, Map<Cidr, Trunk>> blocks = new TreeMap<>((a, b) -> Integer.compare(b, a));

    private final Map<String, Trunk> names = new HashMap<>();

    /**
     * A table of all sources of some trunks: their blocks, the names in their certificates, and the addresses that we send to.
     *
     * @throws IllegalArgumentException where two trunks claim the same block or name
     */
    SourceTable(final List<Trunk> trunks) {
        for (final Trunk trunk : trunks) {
            for (final String block : trunk.settings().sources().blocks()) {
                claim(Cidr.parse(block), trunk);
            }
            for (final String name : trunk.settings().sources().certificateNames()) {
                final Trunk other = names.put(name, trunk);
                if (other != null && other != trunk) {
                    throw new IllegalArgumentException(
                            "certificate " + name + " is " + other.name() + "'s and " + trunk.name() + "'s");
                }
            }
        }
        // What is located is no claim: two trunks may well lead to one SBC, and who was first keeps it.
        for (final Trunk trunk : trunks) {
            for (final Destination destination : trunk.addresses().all()) {
                final Cidr address = Cidr.of(destination.address().getAddress());
                blocks.computeIfAbsent(BITS, length -> new HashMap<>()).putIfAbsent(address, trunk);
            }
        }
    }

    private void claim(final Cidr block, final Trunk trunk) {
        final Trunk other = blocks.computeIfAbsent(block.length(), length -> new HashMap<>())
                .put(block, trunk);
        if (other != null && other != trunk) {
            throw new IllegalArgumentException(
                    "block " + block + " is " + other.name() + "'s and " + trunk.name() + "'s");
        }
    }

    /** The trunk that an address belongs to, or null. */
    Trunk find(final InetAddress address) {
        final Cidr whole = Cidr.of(address);
        for (final Map.Entry<Integer, Map<Cidr, Trunk>> entry : blocks.entrySet()) {
            final Trunk trunk = entry.getValue().get(whole.shortened(entry.getKey()));
            if (trunk != null) {
                return trunk;
            }
        }
        return null;
    }

    /** The trunk that a certificate's name belongs to, or null. */
    Trunk find(final String certificateName) {
        return names.get(certificateName);
    }
}

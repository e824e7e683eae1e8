package io.trunkline.gateway.config;

import io.trunkline.routing.RoutingSnapshot;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * By which ids a routing table knows names. They are places in sorted lists, so the same files give the same table wherever and
 * whenever they are read: the row that a journal names can be found from the files of that version alone.
 *
 * @param tenants sorted; ids begin at 1
 * @param groups of tenants, sorted; ids begin at 1
 * @param carriers sorted; ids begin at 0
 * @param windows in the order of the file; ids begin at 1
 */
public record RoutingNames(List<String> tenants, List<String> groups, List<String> carriers, List<String> windows)
        implements RoutingSnapshot.Names {
    /** Nobody is called that. */
    public static final int UNKNOWN = -1;

    public RoutingNames {
        tenants = tenants.stream().sorted().toList();
        groups = groups.stream().sorted().toList();
        carriers = carriers.stream().sorted().toList();
        windows = List.copyOf(windows);
    }

    /** The id of a tenant, or {@link #UNKNOWN}. */
    public int tenantId(final String name) {
        return id(tenants, name, 1);
    }

    /** The id of a group of tenants, or {@link #UNKNOWN}. */
    public int groupId(final String name) {
        return id(groups, name, 1);
    }

    /** The id of a carrier, or {@link #UNKNOWN}. */
    public int carrierId(final String name) {
        return id(carriers, name, 0);
    }

    /** The id of a time window, or {@link #UNKNOWN}. */
    public int windowId(final String name) {
        final int place = windows.indexOf(name);
        return place < 0 ? UNKNOWN : place + 1;
    }

    private static int id(final List<String> sorted, final String name, final int first) {
        final int place = Collections.binarySearch(sorted, name);
        return place < 0 ? UNKNOWN : place + first;
    }

    @Override
    public String tenant(final int id) {
        return tenants.get(id - 1);
    }

    @Override
    public String group(final int id) {
        return groups.get(id - 1);
    }

    @Override
    public String carrier(final int id) {
        return carriers.get(id);
    }

    @Override
    public String window(final int id) {
        return windows.get(id - 1);
    }

    @Override
    public String messageClass(final int id) {
        for (final MessageClass messageClass : MessageClass.values()) {
            if (messageClass.number() == id) {
                return messageClass.name().toLowerCase(Locale.ROOT);
            }
        }
        return "class " + id;
    }
}

package io.trunkline.gateway.upstream;

import io.trunkline.gateway.config.Cidr;
import java.net.InetAddress;
import java.util.List;

/**
 * From where an account may come. IPv4 is matched by IPv4 blocks only, also where the peer shows as IPv4-mapped.
 *
 * @param blocks empty: from anywhere
 */
public record AllowList(List<Cidr> blocks) {
    public static final AllowList ANYWHERE = new AllowList(List.of());

    public AllowList {
        blocks = List.copyOf(blocks);
    }

    public boolean allows(final InetAddress address) {
        return blocks.isEmpty() || lists(address);
    }

    /** Whether the address is named by a block, not merely let in because there is no list. */
    public boolean lists(final InetAddress address) {
        final InetAddress unmapped = AddressKey.unmapped(address);
        for (final Cidr block : blocks) {
            if (block.contains(unmapped)) {
                return true;
            }
        }
        return false;
    }
}

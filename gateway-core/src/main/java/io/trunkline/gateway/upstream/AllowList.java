package io.trunkline.gateway.upstream;

import java.net.InetAddress;
import java.util.List;

/**
 * From where an account may come.
 *
 * @param blocks empty: from anywhere
 */
public record AllowList(List<AddressBlock> blocks) {
    public static final AllowList ANYWHERE = new AllowList(List.of());

    public AllowList {
        blocks = List.copyOf(blocks);
    }

    /** Reads CIDR blocks as {@link AddressBlock#parse} does. */
    public static AllowList of(final List<String> cidrs) {
        return new AllowList(cidrs.stream().map(AddressBlock::parse).toList());
    }

    public boolean allows(final InetAddress address) {
        return blocks.isEmpty() || lists(address);
    }

    /** Whether the address is named by a block, not merely let in because there is no list. */
    public boolean lists(final InetAddress address) {
        for (final AddressBlock block : blocks) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }
}

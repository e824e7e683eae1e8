package io.trunkline.gateway.daemon;

import io.trunkline.gateway.config.load.TenantList;
import io.trunkline.routing.numbers.NumberContent;
import io.trunkline.routing.numbers.NumberOwner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agrona.DirectBuffer;

/**
 * Who owns inbound numbers, by a number file. It knows tenants by their places in a list of names beside it; here they get
 * the numbers that the journal knows them by.
 */
final class NumberOwners {
    /** Nobody owns anything. */
    static final NumberOwners NONE = new NumberOwners(Optional.empty(), new int[0]);

    private final Optional<OpenedNumbers> opened;
    private final int[] tenants;

    private NumberOwners(final Optional<OpenedNumbers> opened, final int[] tenants) {
        this.opened = opened;
        this.tenants = tenants;
    }

    /** Opens a file, or takes it over where it is open already. */
    static NumberOwners open(final Optional<Path> path, final Map<String, Integer> tenants, final NumberOwners before)
            throws IOException {
        final Optional<OpenedNumbers> opened = OpenedNumbers.open(path, NumberContent.OWNERS, before.opened);
        if (opened.isEmpty()) {
            return NONE;
        }
        final List<String> names = TenantList.read(opened.get().path());
        final int[] numbers = new int[names.size() + 1];
        for (int i = 0; i < names.size(); i++) {
            // A tenant that is gone owns nothing.
            numbers[i + 1] = tenants.getOrDefault(names.get(i), 0);
        }
        return new NumberOwners(opened, numbers);
    }

    /** The tenant's number in the journal; 0: nobody. */
    int tenant(final DirectBuffer digits, final int offset, final int length) {
        if (opened.isEmpty()) {
            return 0;
        }
        final int place = NumberOwner.tenant(opened.get().numbers().value(digits, offset, length));
        return place < tenants.length ? tenants[place] : 0;
    }
}

package io.trunkline.sip.trunk;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * By what a trunk's own requests are known. The addresses that we send to are known besides.
 *
 * @param blocks addresses, as {@code 192.0.2.0/24} or {@code 2001:db8::7}
 * @param certificateNames DNS names in the certificates of its clients, over mutual TLS
 * @param user name of its digest credentials, or null
 * @param password that goes with it
 */
public record Sources(List<String> blocks, Set<String> certificateNames, String user, String password) {
    public static final Sources PEER_ONLY = new Sources(List.of(), Set.of(), null, null);

    public Sources {
        blocks = List.copyOf(blocks);
        blocks.forEach(Cidr::parse);
        certificateNames = certificateNames.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        if ((user == null) != (password == null)) {
            throw new IllegalArgumentException("a user needs a password");
        }
    }

    /** Known by addresses only. */
    public static Sources of(final String... blocks) {
        return new Sources(List.of(blocks), Set.of(), null, null);
    }

    @Override
    public String toString() {
        return "Sources[" + blocks + ", " + certificateNames + ", " + user + "]";
    }
}

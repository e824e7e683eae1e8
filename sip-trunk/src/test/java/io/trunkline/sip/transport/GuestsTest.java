package io.trunkline.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.message.SipLimits;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/** Places for connections that peers open. */
class GuestsTest {
    private static final long KEPT_MS = 5_000;

    private final Guests guests = new Guests(
            new TransportLimits(SipLimits.DEFAULT, 16 * 1024, 64 * 1024, 8, 3, 60_000, KEPT_MS, 3_000, 0, 10_000));

    private static InetAddress address(final String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    private boolean take(final String peer, final long nowMs) throws UnknownHostException {
        return guests.take(address(peer), nowMs);
    }

    @Test
    void aQuarterOfAllConnectionsIsLeftForOurs() throws UnknownHostException {
        for (int i = 1; i <= 6; i++) {
            assertThat(take("192.0.2." + i, 0)).isTrue();
        }
        assertThat(take("192.0.2.7", 0)).isFalse();
        guests.leave(address("192.0.2.1"));
        assertThat(take("192.0.2.7", 0)).isTrue();
    }

    @Test
    void allAddressesOfAnIpv6HostAreOne() throws UnknownHostException {
        for (int i = 1; i <= 3; i++) {
            assertThat(take("2001:db8:1:2:" + i + "::" + i, 0)).isTrue();
        }
        assertThat(take("2001:db8:1:2::9", 0)).isFalse();
        assertThat(take("2001:db8:1:3::9", 0)).as("another host").isTrue();
        guests.leave(address("2001:db8:1:2:1::1"));
        assertThat(take("2001:db8:1:2::9", 0)).isTrue();
    }

    @Test
    void aPlaceThatIsGivenBackLaterIsTakenUntilThen() throws UnknownHostException {
        for (int i = 0; i < 3; i++) {
            assertThat(take("192.0.2.1", i)).isTrue();
            guests.leaveLater(address("192.0.2.1"), i);
        }
        assertThat(take("192.0.2.1", KEPT_MS - 1)).isFalse();
        assertThat(take("192.0.2.1", KEPT_MS)).isTrue();
        assertThat(take("192.0.2.1", KEPT_MS)).isFalse();
        assertThat(take("192.0.2.1", KEPT_MS + 2)).isTrue();
    }
}

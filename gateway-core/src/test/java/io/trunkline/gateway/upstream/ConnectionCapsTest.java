package io.trunkline.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionCapsTest {
    private final Account account = new Account("a", 1, List.of(SecretHash.of("x")), AllowList.ANYWHERE, 2, 10);

    @Test
    void countsPerAddressPerAccountInAllAndBeforeAuthentication() throws UnknownHostException {
        final ConnectionCaps caps = new ConnectionCaps(new ConnectionCaps.Limits(5, 3, 2));
        final InetAddress one = InetAddress.getByName("192.0.2.1");
        final InetAddress two = InetAddress.getByName("192.0.2.2");
        assertThat(caps.connected(one)).isTrue();
        assertThat(caps.connected(one)).isTrue();
        assertThat(caps.connected(two)).as("unauthenticated").isFalse();
        assertThat(caps.authenticated(account)).isTrue();
        assertThat(caps.authenticated(account)).isTrue();
        assertThat(caps.connected(one)).isTrue();
        assertThat(caps.connected(one)).as("per address").isFalse();
        assertThat(caps.authenticated(account)).as("per account").isFalse();
        assertThat(caps.connected(two)).isTrue();
        caps.disconnected(two, null);
        caps.disconnected(one, account);
        assertThat(caps.authenticated(account)).isTrue();
        assertThat(caps.connected(two)).isTrue();
        assertThat(caps.connected(two)).isTrue();
        assertThat(caps.total()).isEqualTo(4);
        assertThat(caps.unauthenticated()).isEqualTo(2);
        assertThat(caps.of("a")).isEqualTo(2);
    }

    @Test
    void anIpv6NetworkCountsAsOneAddress() throws UnknownHostException {
        final ConnectionCaps caps = new ConnectionCaps(new ConnectionCaps.Limits(100, 1, 100));
        assertThat(caps.connected(InetAddress.getByName("2001:db8::1"))).isTrue();
        assertThat(caps.connected(InetAddress.getByName("2001:db8::2"))).isFalse();
        assertThat(caps.connected(InetAddress.getByName("2001:db8:0:1::2"))).isTrue();
    }
}

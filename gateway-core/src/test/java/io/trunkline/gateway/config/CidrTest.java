package io.trunkline.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class CidrTest {
    @Test
    void holdsTheAddressesOfItsBlockAndNoOthers() throws Exception {
        final Cidr block = Cidr.parse("10.1.128.0/17");
        assertThat(block.contains(InetAddress.getByName("10.1.128.0"))).isTrue();
        assertThat(block.contains(InetAddress.getByName("10.1.255.255"))).isTrue();
        assertThat(block.contains(InetAddress.getByName("10.1.127.255"))).isFalse();
        assertThat(block.contains(InetAddress.getByName("10.2.128.0"))).isFalse();
        assertThat(block.contains(InetAddress.getByName("2001:db8::1"))).isFalse();
    }

    @Test
    void readsVersionSixAndSingleAddresses() throws Exception {
        assertThat(Cidr.parse("2001:db8::/32").contains(InetAddress.getByName("2001:db8:1::7")))
                .isTrue();
        assertThat(Cidr.parse("2001:db8::/32").contains(InetAddress.getByName("2001:db9::")))
                .isFalse();
        assertThat(Cidr.parse("192.0.2.7").contains(InetAddress.getByName("192.0.2.7")))
                .isTrue();
        assertThat(Cidr.parse("192.0.2.7").contains(InetAddress.getByName("192.0.2.6")))
                .isFalse();
        assertThat(Cidr.parse("0.0.0.0/0").contains(InetAddress.getByName("203.0.113.9")))
                .isTrue();
    }

    @Test
    void isWrittenAsItIsRead() {
        assertThat(Cidr.parse("10.1.128.0/17")).hasToString("10.1.128.0/17");
        assertThat(Cidr.parse(Cidr.parse("2001:db8::/32").toString())).isEqualTo(Cidr.parse("2001:db8::/32"));
    }

    @Test
    void refusesWhatIsNoBlockAndSaysWhy() {
        assertThatThrownBy(() -> Cidr.parse("10.1.0.0/33")).hasMessageContaining("0..32");
        assertThatThrownBy(() -> Cidr.parse("10.1.0.1/16")).hasMessageContaining("beyond the first 16");
        assertThatThrownBy(() -> Cidr.parse("300.1.0.0/16")).hasMessageContaining("not an IP address");
        assertThatThrownBy(() -> Cidr.parse("example.com/16")).hasMessageContaining("not an IP address");
        assertThatThrownBy(() -> Cidr.parse("")).hasMessageContaining("not an IP address");
    }
}

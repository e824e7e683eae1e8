package io.trunkline.sip.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses in all the ways that they are written. */
class AddressFieldTest {
    private final AddressField address = new AddressField();
    private UnsafeBuffer octets = new UnsafeBuffer(0, 0);

    private boolean parse(final String text) {
        octets = new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8));
        return address.parse(octets, 0, octets.capacity());
    }

    private String text(final long range) {
        return Octets.text(octets, range);
    }

    @Test
    void quotedNamesMayHoldWhatElseWouldEndThem() {
        assertThat(parse("\"a, <b>; \\\" c\" <sip:x@y;p=1?h=2>;tag=9;q=0.5")).isTrue();
        assertThat(text(address.displayName())).isEqualTo("\"a, <b>; \\\" c\"");
        assertThat(text(address.uri().parameters())).isEqualTo("p=1");
        assertThat(text(address.uri().headers())).isEqualTo("h=2");
        assertThat(text(address.tag())).isEqualTo("9");
        assertThat(text(address.parameters())).isEqualTo(";tag=9;q=0.5");
    }

    @Test
    void withoutBracketsParametersBelongToTheHeader() {
        assertThat(parse("sip:bob:secret@host;tag=1")).isTrue();
        assertThat(address.uri().parameters()).isEqualTo(Range.NONE);
        assertThat(text(address.uri().user())).isEqualTo("bob");
        assertThat(text(address.uri().password())).isEqualTo("secret");
        assertThat(text(address.tag())).isEqualTo("1");
    }

    @Test
    void listsAreReadElementByElement() {
        assertThat(parse("Bob Smith <sip:a@b> ; x=\"1,2\" ,\r\n <tel:+4930;ext=5>"))
                .isTrue();
        assertThat(text(address.displayName())).isEqualTo("Bob Smith");
        assertThat(text(address.element())).isEqualTo("Bob Smith <sip:a@b> ; x=\"1,2\"");
        assertThat(address.hasNext()).isTrue();
        assertThat(address.parse(octets, address.next(), octets.capacity())).isTrue();
        assertThat(address.uri().scheme()).isEqualTo(SipUri.Scheme.TEL);
        assertThat(text(address.uri().user())).isEqualTo("+4930");
        assertThat(text(address.uri().parameter(Octets.ascii("ext")))).isEqualTo("5");
        assertThat(address.hasNext()).isFalse();
    }

    @Test
    void theUserPartMayHoldSemicolonsAndNumberPortability() {
        assertThat(parse("<sip:+14155550100;npdi;rn=+14155550000@gw.example:5080;user=phone>"))
                .isTrue();
        assertThat(text(address.uri().user())).isEqualTo("+14155550100;npdi;rn=+14155550000");
        assertThat(address.uri().port()).isEqualTo(5080);
        assertThat(address.uri().hasParameter(Octets.ascii("user"))).isTrue();
    }

    @Test
    void ipv6HostsKeepTheirBrackets() {
        assertThat(parse("<sips:[2001:db8::9:1]:5061;transport=tcp>")).isTrue();
        assertThat(address.uri().scheme()).isEqualTo(SipUri.Scheme.SIPS);
        assertThat(text(address.uri().host())).isEqualTo("[2001:db8::9:1]");
        assertThat(address.uri().port()).isEqualTo(5061);
        assertThat(address.uri().user()).isEqualTo(Range.NONE);
    }

    @Test
    void aStarIsNoUri() {
        assertThat(parse("*")).isTrue();
        assertThat(address.isStar()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<sip:a@b",
                "\"open <sip:a@b>",
                "\"a\" sip:a@b",
                "<sip:a@b> tail",
                "<sip:a b@c>",
                "<sip:@c>",
                "<sip:a@b@c>",
                "<sip:>",
                "<:a>",
                "<bob>",
                "sip:a@b?Subject=x",
                "<sip:a@b>;",
                "<sip:a@b>;=x",
                "<sip:a@b>;tag",
                "<sip:a@b>;x=\"",
                "<sip:a@[::1>",
                "<sip:a@b:port>",
                "<sip:a%zz@b>",
                "<sip:a@b?c>",
                "<sip:a@b?c=d&>",
                "<sip:a@b>;tag=a:b",
                "a, b <sip:a@b>",
            })
    void whatIsNoAddressIsRefused(final String text) {
        assertThat(parse(text)).isFalse();
    }
}

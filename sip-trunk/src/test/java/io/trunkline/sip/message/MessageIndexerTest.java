package io.trunkline.sip.message;

import static io.trunkline.sip.message.Messages.index;
import static io.trunkline.sip.message.Messages.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the index says of a message, and what it says is wrong. */
class MessageIndexerTest {
    @Test
    void aRequestIsIndexedFromStartLineToBody() {
        final SipMessage message = index(Messages.INVITE);
        assertThat(message.fault()).isEqualTo(SipFault.NONE);
        assertThat(message.isRequest()).isTrue();
        assertThat(message.isAnswerable()).isTrue();
        assertThat(message.method()).isEqualTo(SipMethod.INVITE);
        assertThat(text(message, message.requestUriRange()))
                .isEqualTo("sip:+4930123456@carrier.example:5070;user=phone");
        assertThat(text(message, message.requestUri().user())).isEqualTo("+4930123456");
        assertThat(text(message, message.requestUri().host())).isEqualTo("carrier.example");
        assertThat(message.requestUri().port()).isEqualTo(5070);
        assertThat(text(message, message.requestUri().parameter(Octets.ascii("user"))))
                .isEqualTo("phone");
        assertThat(text(message, message.branch())).isEqualTo("z9hG4bKabc123");
        assertThat(text(message, message.callId())).isEqualTo("9f3c@10.0.0.1");
        assertThat(text(message, message.fromTag())).isEqualTo("from-1");
        assertThat(message.toTag()).isEqualTo(Range.NONE);
        assertThat(message.cseq()).isEqualTo(314159);
        assertThat(message.maxForwards()).isEqualTo(68);
        assertThat(message.contentLength()).isEqualTo(5);
        assertThat(text(message, message.body())).isEqualTo("v=0\r\n");
        assertThat(message.headerCount()).isEqualTo(14);
        final int unknown = message.find(Octets.ascii("x-tenant"), -1);
        assertThat(text(message, message.value(unknown))).isEqualTo("shop");
        assertThat(text(message, message.line(unknown))).isEqualTo("X-Tenant: shop\r\n");
    }

    @Test
    void aResponseIsIndexedWithItsStatus() {
        final SipMessage message = index(Messages.OK);
        assertThat(message.fault()).isEqualTo(SipFault.NONE);
        assertThat(message.isRequest()).isFalse();
        assertThat(message.isAnswerable()).isFalse();
        assertThat(message.status()).isEqualTo(200);
        assertThat(text(message, message.reason())).isEqualTo("OK");
        assertThat(message.method()).isEqualTo(SipMethod.INVITE);
        assertThat(text(message, message.toTag())).isEqualTo("to-9");
        assertThat(text(message, message.topVia().received())).isEqualTo("192.0.2.1");
        assertThat(message.topVia().rport()).isEqualTo(5062);
    }

    @Test
    void viasInOneLineAndInSeveralAreReadOneByOne() {
        final SipMessage message = index(Messages.INVITE);
        final int second = message.next(message.first(HeaderName.VIA));
        final long value = message.value(second);
        final ViaField via = new ViaField();
        assertThat(via.parse(message.buffer(), Range.offset(value), Range.end(value)))
                .isTrue();
        assertThat(via.protocol()).isEqualTo(TransportProtocol.TCP);
        assertThat(text(message, via.host())).isEqualTo("[2001:db8::7]");
        assertThat(via.port()).isEqualTo(ViaField.ABSENT);
        assertThat(text(message, via.element())).isEqualTo("SIP/2.0/TCP [2001:db8::7];branch=z9hG4bKinner");
        assertThat(via.hasNext()).isTrue();
        assertThat(via.parse(message.buffer(), via.next(), Range.end(value))).isTrue();
        assertThat(text(message, via.branch())).isEqualTo("z9hG4bKfirst");
        assertThat(via.hasNext()).isFalse();
    }

    @Test
    void compactNamesFoldsAndWhiteSpaceAreTheSameMessage() {
        final SipMessage message = index("""
                OPTIONS sip:a@b.example SIP/2.0
                v  :SIP / 2.0 / UDP
                  host.example : 5061
                  ; branch = z9hG4bKx ;
                	rport
                F: <sip:a@b.example>
                  ;tag = 1
                T:<sip:b@b.example>
                I :call
                cseq:
                 0009
                  OPTIONS
                L: 0

                """);
        assertThat(message.fault()).isEqualTo(SipFault.NONE);
        assertThat(message.header(0)).isEqualTo(HeaderName.VIA);
        assertThat(text(message, message.topVia().host())).isEqualTo("host.example");
        assertThat(message.topVia().port()).isEqualTo(5061);
        assertThat(text(message, message.branch())).isEqualTo("z9hG4bKx");
        assertThat(message.topVia().rportGiven()).isTrue();
        assertThat(text(message, message.fromTag())).isEqualTo("1");
        assertThat(message.cseq()).isEqualTo(9);
        assertThat(message.contentLength()).isZero();
    }

    @Test
    void everyKnownNameIsFoundInAnyCaseAndCompact() {
        for (final HeaderName name : HeaderName.values()) {
            if (name != HeaderName.OTHER) {
                assertThat(nameOf(name.text().toLowerCase(Locale.ROOT))).isEqualTo(name);
                assertThat(nameOf(name.text().toUpperCase(Locale.ROOT))).isEqualTo(name);
                if (name.compact() != 0) {
                    assertThat(nameOf(String.valueOf(name.compact()))).isEqualTo(name);
                }
            }
        }
        assertThat(nameOf("Viaa")).isEqualTo(HeaderName.OTHER);
        assertThat(nameOf("z")).isEqualTo(HeaderName.OTHER);
        assertThat(nameOf("")).isEqualTo(HeaderName.OTHER);
    }

    private static HeaderName nameOf(final String text) {
        final byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        return HeaderName.of(new UnsafeBuffer(octets), Range.of(0, octets.length));
    }

    @Test
    void aBodyWithoutContentLengthGoesToTheEndOfTheDatagramOnly() {
        final byte[] octets = Messages.octets(Messages.INVITE.replace("Content-Length: 5\n", ""));
        final SipMessage message = index(octets);
        assertThat(message.fault()).isEqualTo(SipFault.NONE);
        assertThat(text(message, message.body())).isEqualTo("v=0\r\n");
        new MessageIndexer(SipLimits.DEFAULT).indexFrame(new UnsafeBuffer(octets), 0, octets.length, message);
        assertThat(message.fault()).isEqualTo(SipFault.MISSING_CONTENT_LENGTH);
    }

    @Test
    void whatFollowsTheBodyInADatagramIsNotPartOfIt() {
        final SipMessage message = index(Messages.INVITE + "trailing");
        assertThat(message.fault()).isEqualTo(SipFault.NONE);
        assertThat(text(message, message.body())).isEqualTo("v=0\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "INVITE sip:|INVITE  sip:|BAD_START_LINE",
                "SIP/2.0\\nVia|SIP/2.0 \\nVia|BAD_START_LINE",
                "SIP/2.0\\nVia|HTTP/1.1\\nVia|BAD_START_LINE",
                "SIP/2.0\\nVia|SIP/7.0\\nVia|VERSION_NOT_SUPPORTED",
                "sip:+4930123456@carrier.example:5070;user=phone|<sip:a@b>|BAD_REQUEST_URI",
                "sip:+4930123456@carrier.example:5070;user=phone|sip:a@b?Route=x|BAD_REQUEST_URI",
                "sip:+4930123456@carrier.example:5070;user=phone|sip:a%4@b|BAD_REQUEST_URI",
                "sip:+4930123456@carrier.example:5070;user=phone|sip:a@2001:db8::1|BAD_REQUEST_URI",
                "sip:+4930123456@carrier.example:5070;user=phone|sip:a@b:99999|BAD_REQUEST_URI",
                "Supported:|Supported|BAD_HEADER",
                "Supported:|: |BAD_HEADER",
                "X-Tenant: shop|X-Tenant:\\n \\n shop|BAD_HEADER",
                "sip:+4930123456@carrier.example:5070;user=phone|sip:a@b;c==d|BAD_REQUEST_URI",
                "sip:+4930123456@carrier.example:5070;user=phone|sip:a@b;c,d|BAD_REQUEST_URI",
                "sip:+4930123456@carrier.example:5070;user=phone|sip:a:b?c@d|BAD_REQUEST_URI",
                "Supported:|Sup ported:|BAD_HEADER",
                "CSeq: 314159 INVITE|CSeq: 314159 BYE|CSEQ_MISMATCH",
                "CSeq: 314159 INVITE|CSeq: 2147483648 INVITE|BAD_CSEQ",
                "CSeq: 314159 INVITE|CSeq: 36893488147419103232 INVITE|BAD_CSEQ",
                "CSeq: 314159 INVITE|CSeq: INVITE|BAD_CSEQ",
                "CSeq: 314159 INVITE|X: y|MISSING_CSEQ",
                "Call-ID: 9f3c@10.0.0.1|Call-ID:|BAD_CALL_ID",
                "Call-ID: 9f3c@10.0.0.1|Call-ID: a b|BAD_CALL_ID",
                "Call-ID: 9f3c@10.0.0.1|Call-ID: a\\ni: b|REPEATED_HEADER",
                "tag=from-1|tag=|BAD_FROM",
                "tag=from-1|tag=1;tag=2|BAD_FROM",
                "Liddell\"|Liddell|BAD_FROM",
                "To: <sip:+4930123456@carrier.example>|To: <sip:+4930123456@carrier.example|BAD_TO",
                "To: <sip:+4930123456@carrier.example>|To: <sip:a@b>, <sip:c@d>|BAD_TO",
                "To: <sip:+4930123456@carrier.example>|X: y|MISSING_TO",
                "SIP/2.0/UDP edge|SIP/2.0 edge|BAD_VIA",
                "edge.example.com:5062|edge.example.com:0|BAD_VIA",
                "edge.example.com:5062|edge;x=y:5062|BAD_VIA",
                "edge.example.com:5062|edge;received=2001:db8::1|NONE",
                "Max-Forwards: 68|Max-Forwards: 300|BAD_MAX_FORWARDS",
                "Max-Forwards: 68|Max-Forwards: 7\\nMax-Forwards: 7|REPEATED_HEADER",
                "Content-Length: 5|Content-Length: -5|BAD_CONTENT_LENGTH",
                "Content-Length: 5|Content-Length: 6|BODY_TRUNCATED",
                "Content-Length: 5|Content-Length: 5\\nl: 4|REPEATED_HEADER",
                "Content-Length: 5|Content-Length: 99999999999999999999|BODY_TOO_LARGE",
            })
    void faultsAreNamed(final String what, final String instead, final SipFault fault) {
        final String text = Messages.INVITE.replace(unescaped(what), unescaped(instead));
        assertThat(text).isNotEqualTo(Messages.INVITE);
        assertThat(index(text).fault()).isEqualTo(fault);
    }

    private static String unescaped(final String text) {
        return text.replace("\\n", "\n");
    }

    @Test
    void bareLineEndsAreNoLineEnds() {
        final byte[] octets = Messages.octets(Messages.INVITE.replace("shop\n", "shop#Contact: <sip:evil@x>\n"));
        for (final char bare : new char[] {'\r', '\n'}) {
            final byte[] changed = octets.clone();
            for (int i = 0; i < changed.length; i++) {
                changed[i] = changed[i] == '#' ? (byte) bare : changed[i];
            }
            assertThat(index(changed).fault()).isEqualTo(SipFault.BAD_HEADER);
        }
    }

    @Test
    void aBadRequestStaysAnswerableAsLongAsItsCoreIsThere() {
        assertThat(index(Messages.INVITE.replace("SIP/2.0\nVia", "SIP/3.0\nVia"))
                        .isAnswerable())
                .isTrue();
        assertThat(index(Messages.INVITE.replace("Supported:", "Supported")).isAnswerable())
                .isTrue();
        assertThat(index(Messages.INVITE.replace("CSeq", "X-CSeq")).isAnswerable())
                .isFalse();
        assertThat(index(Messages.INVITE.replace("INVITE", "ACK")).isAnswerable())
                .isFalse();
    }

    @Test
    void limitsHoldForLinesSectionUriAndBody() {
        final SipLimits limits = new SipLimits(800, 16, 60, 4);
        final MessageIndexer indexer = new MessageIndexer(limits);
        final SipMessage message = new SipMessage(limits);
        assertThat(limited(indexer, message, Messages.INVITE)).isEqualTo(SipFault.BODY_TOO_LARGE);
        assertThat(limited(indexer, message, Messages.INVITE.replace("user=phone", "user=phone;a=bcdefghijklmno")))
                .isEqualTo(SipFault.REQUEST_URI_TOO_LONG);
        assertThat(limited(indexer, message, Messages.INVITE.replace("X-Tenant", "A:1\nB:2\nC:3\nX-Tenant")))
                .isEqualTo(SipFault.TOO_MANY_HEADERS);
        assertThat(limited(indexer, message, Messages.INVITE.replace("shop", "s".repeat(300))))
                .isEqualTo(SipFault.HEADER_SECTION_TOO_LONG);
        assertThat(limited(indexer, message, "INVITE sip:a@b SIP/2.0\nA: b\n")).isEqualTo(SipFault.NO_END_OF_HEADERS);
        assertThat(limited(indexer, message, "\n\n")).isEqualTo(SipFault.EMPTY);
    }

    private static SipFault limited(final MessageIndexer indexer, final SipMessage message, final String text) {
        final byte[] octets = Messages.octets(text);
        return indexer.indexDatagram(new UnsafeBuffer(octets), 0, octets.length, message);
    }
}

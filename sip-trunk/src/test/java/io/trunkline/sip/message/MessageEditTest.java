package io.trunkline.sip.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A forwarded message differs where it was edited and nowhere else. */
class MessageEditTest {
    private final MessageEdit edit = new MessageEdit(16, 1024);

    private String edited(final String message, final Consumer<MessageEdit> edits) {
        final OctetWriter out = Messages.writer();
        final SipMessage source = Messages.index(message);
        assertThat(source.fault()).isEqualTo(SipFault.NONE);
        edits.accept(edit.of(source));
        assertThat(edit.write(out)).isEqualTo(out.length());
        return Messages.written(out);
    }

    private static UnsafeBuffer buffer(final String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8));
    }

    private static long all(final UnsafeBuffer buffer) {
        return Range.of(0, buffer.capacity());
    }

    @Test
    void withoutEditsTheMessageLeavesAsItCame() {
        assertThat(edited(Messages.INVITE, e -> {})).isEqualTo(Messages.INVITE);
    }

    @Test
    void viasArePushedAndPopped() {
        final UnsafeBuffer via = buffer("SIP/2.0/TLS us.example;branch=z9hG4bKours");
        final String pushed = edited(Messages.INVITE, e -> e.pushVia(via, all(via)));
        assertThat(pushed)
                .isEqualTo(Messages.INVITE.replace(
                        "Via: SIP/2.0/UDP edge",
                        "Via: SIP/2.0/TLS us.example;branch=z9hG4bKours\nVia: SIP/2.0/UDP edge"));
        assertThat(edited(pushed, MessageEdit::popVia)).isEqualTo(Messages.INVITE);
        final String once = edited(Messages.INVITE, MessageEdit::popVia);
        assertThat(once).contains("SIP/2.0\nVia: SIP/2.0/TCP [2001:db8::7];branch=z9hG4bKinner, SIP/2.0/UDP");
        assertThat(edited(once, MessageEdit::popVia))
                .contains("SIP/2.0\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bKfirst\nMax-Forwards");
    }

    @Test
    void aViaIsPoppedAndAnotherPushedInItsPlace() {
        final UnsafeBuffer via = buffer("SIP/2.0/TLS us.example;branch=z9hG4bKours");
        assertThat(edited(Messages.INVITE, e -> e.popVia().pushVia(via, all(via))))
                .isEqualTo(Messages.INVITE.replace(
                        "SIP/2.0/UDP edge.example.com:5062;branch=z9hG4bKabc123;rport",
                        "SIP/2.0/TLS us.example;branch=z9hG4bKours"));
    }

    @Test
    void routesArePoppedAndPushed() {
        final AddressField route = new AddressField();
        final UnsafeBuffer ours = buffer("<sip:us.example;lr>");
        final String popped = edited(Messages.INVITE, e -> {
            final SipMessage message = Messages.index(Messages.INVITE);
            final long value = message.value(message.first(HeaderName.ROUTE));
            assertThat(route.parse(message.buffer(), Range.offset(value), Range.end(value)))
                    .isTrue();
            e.popRoute(route).pushRecordRoute(ours, all(ours));
        });
        assertThat(popped)
                .contains(
                        "\nRoute: <sip:proxy2.example.com;lr>\nRecord-Route: <sip:us.example;lr>\nRecord-Route: <sip:rr");
        assertThat(edited(Messages.OK, e -> e.pushRoute(ours, all(ours))))
                .startsWith("SIP/2.0 200 OK\nRoute: <sip:us.example;lr>\nVia:");
    }

    @Test
    void requestUriAndMaxForwardsChangeInPlace() {
        final UnsafeBuffer uri = buffer("sip:+49@next.example");
        assertThat(edited(Messages.INVITE, e -> e.decrementMaxForwards().requestUri(uri, all(uri))))
                .isEqualTo(Messages.INVITE
                        .replace("Max-Forwards: 68", "Max-Forwards: 67")
                        .replace("sip:+4930123456@carrier.example:5070;user=phone", "sip:+49@next.example"));
        assertThat(edited(Messages.INVITE.replace("Max-Forwards: 68\n", ""), MessageEdit::decrementMaxForwards))
                .contains("SIP/2.0\nMax-Forwards: 70\nVia");
        assertThatThrownBy(() -> edited(Messages.INVITE.replace("68", "0"), MessageEdit::decrementMaxForwards))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void headersAreAddedReplacedAndRemovedByParsedName() {
        final UnsafeBuffer value = buffer("<sip:+49@us.example>");
        final String text = Messages.INVITE.replace("Supported:", "k : a,\n  b\nk:");
        assertThat(edited(
                        text,
                        e -> e.removeAll(HeaderName.SUPPORTED).add(HeaderName.P_ASSERTED_IDENTITY, value, all(value))))
                .isEqualTo(Messages.INVITE
                        .replace("Supported: timer, 100rel\n", "")
                        .replace("Length: 5\n", "Length: 5\nP-Asserted-Identity: <sip:+49@us.example>\n"));
        final String empty = Messages.OK.replace("Content-Length", "Subject:\nContent-Length");
        assertThat(edited(empty, e -> e.replace(Messages.index(empty).first(HeaderName.SUBJECT), value, all(value))))
                .contains("Subject:<sip:+49@us.example>\nContent-Length");
    }

    @Test
    void aNewBodySetsContentLength() {
        final UnsafeBuffer body = buffer("hello, world");
        assertThat(edited(Messages.INVITE, e -> e.body(body, all(body))))
                .endsWith("Content-Length: 12\n\nhello, world");
        assertThat(edited(Messages.INVITE.replace("Content-Length: 5\n", ""), e -> e.body(body, all(body))))
                .endsWith("application/sdp\nContent-Length: 12\n\nhello, world");
        assertThat(edited(Messages.INVITE, e -> e.body(body, Range.of(0, 0)))).endsWith("Content-Length: 0\n\n");
    }

    @Test
    void whatDoesNotFitIsSaidAndNotCutShort() {
        final MessageEdit small = new MessageEdit(1, 8);
        final OctetWriter out = Messages.writer();
        final UnsafeBuffer value = buffer("0123456789");
        final SipMessage source = Messages.index(Messages.OK);
        small.of(source).add(HeaderName.SUBJECT, value, all(value));
        assertThat(small.write(out)).isEqualTo(MessageEdit.OVERFLOW);
        small.of(source).removeLine(1).removeLine(2);
        assertThat(small.write(out)).isEqualTo(MessageEdit.OVERFLOW);
        small.of(source);
        assertThat(small.write(new OctetWriter().wrap(new UnsafeBuffer(new byte[50]), 0, 50)))
                .isEqualTo(MessageEdit.OVERFLOW);
    }
}

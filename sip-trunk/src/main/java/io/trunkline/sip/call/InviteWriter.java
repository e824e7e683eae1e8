package io.trunkline.sip.call;

import io.trunkline.sip.dialog.LocalEnd;
import io.trunkline.sip.message.AddressField;
import io.trunkline.sip.message.HeaderName;
import io.trunkline.sip.message.MessageWriter;
import io.trunkline.sip.message.OctetWriter;
import io.trunkline.sip.message.Range;
import io.trunkline.sip.message.SipMessage;
import io.trunkline.sip.message.SipMethod;
import io.trunkline.sip.transaction.ClientTransaction;

/** Writes the INVITE to a target: everything that names a hop or a dialog is ours, the rest passes by policy. */
final class InviteWriter {
    private final Workbench bench;
    private final AddressField address = new AddressField();

    InviteWriter(final Workbench bench) {
        this.bench = bench;
    }

    /**
     * Writes it.
     *
     * @param invite the caller's; null for the first party of a placed call, who is to make the offer
     */
    void write(final Attempt attempt, final SipMessage invite, final ClientTransaction transaction) {
        final Target target = attempt.target;
        final LocalEnd end = bench.context.hops().localEnd(target.hop());
        final MessageWriter writer = bench.begin();
        writer.requestLine(SipMethod.INVITE, target.requestUri());
        end.writeVia(writer.start(HeaderName.VIA));
        transaction.writeBranch(writer.out());
        writer.endLine().header(HeaderName.MAX_FORWARDS, attempt.call.hopsLeft - 1L);
        from(invite, target, end, writer.start(HeaderName.FROM));
        writer.out().ascii(";tag=").hex(attempt.tag);
        writer.endLine();
        to(target, writer.start(HeaderName.TO));
        writer.endLine();
        writer.start(HeaderName.CALL_ID).hex(attempt.callIdHigh).hex(attempt.callIdLow);
        writer.endLine().cseq(attempt.cseq, SipMethod.INVITE);
        bench.contact(end);
        bench.allow(target.leg());
        extensions(attempt, writer);
        writer.out().ascii(target.headers());
        if (target.credentials() != null) {
            target.credentials().authorize(SipMethod.INVITE, target.requestUri(), writer);
        }
        if (invite == null) {
            writer.end();
        } else {
            bench.copyPassing(invite, target.leg().headers());
            if (attempt.offer == null) {
                bench.copyBody(invite);
            } else {
                bench.body(attempt.offer);
            }
        }
    }

    /** Reliable provisional responses only where the caller does them; session timers always, each leg has its own. */
    private static void extensions(final Attempt attempt, final MessageWriter writer) {
        writer.header(HeaderName.SUPPORTED, attempt.call.callerDoes100rel ? "timer, 100rel" : "timer");
        if (attempt.call.callerNeeds100rel) {
            writer.header(HeaderName.REQUIRE, "100rel");
        }
        if (attempt.sessionSec > 0) {
            writer.header(HeaderName.SESSION_EXPIRES, attempt.sessionSec).header(HeaderName.MIN_SE, attempt.minSeSec);
        }
    }

    /** The caller's display name and user at our host: where it came from stays hidden. */
    private void from(final SipMessage invite, final Target target, final LocalEnd end, final OctetWriter out) {
        if (target.from() != null) {
            out.ascii(target.from());
            return;
        }
        final long value = invite.value(invite.first(HeaderName.FROM));
        address.parse(invite.buffer(), Range.offset(value), Range.end(value));
        if (address.displayName() != Range.NONE) {
            out.copy(invite.buffer(), address.displayName()).octet(' ');
        }
        out.ascii("<sip:");
        if (address.uri().user() != Range.NONE) {
            out.copy(invite.buffer(), address.uri().user()).octet('@');
        }
        end.writeHost(out);
        out.octet('>');
    }

    private static void to(final Target target, final OctetWriter out) {
        if (target.to() != null) {
            out.ascii(target.to());
        } else {
            out.octet('<').ascii(target.requestUri()).octet('>');
        }
    }
}

package io.trunkline.smpp.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.trunkline.smpp.codec.BindDecoder;
import io.trunkline.smpp.codec.CancelDecoder;
import io.trunkline.smpp.codec.CommandId;
import io.trunkline.smpp.codec.CommandStatus;
import io.trunkline.smpp.codec.MessageState;
import io.trunkline.smpp.codec.QueryDecoder;
import io.trunkline.smpp.codec.SmDecoder;
import io.trunkline.smpp.codec.SmRespDecoder;
import io.trunkline.smpp.codec.WireBytes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.concurrent.UnsafeBuffer;

/** A message centre's listener for tests: takes password "secret", answers submits with "id-N", keeps what it hears. */
public final class McDesk implements McListener {
    public final List<String> all = new CopyOnWriteArrayList<>();
    public final List<McSession> bound = new CopyOnWriteArrayList<>();
    public final List<Integer> unansweredSubmits = new CopyOnWriteArrayList<>();
    /** False: submits are kept and not answered. */
    public volatile boolean answers = true;

    public volatile int submitStatus = CommandStatus.ESME_ROK;
    public volatile boolean defersBinds;
    /** Above 0: every submit of a text that begins with "hold" is held back once for so long. */
    public volatile long holdsBackNs;

    private String heldBack = "";
    private int nextId;

    public long count(final String prefix) {
        return all.stream().filter(line -> line.startsWith(prefix)).count();
    }

    @Override
    public int onBindRequest(final McSession session, final BindDecoder bind) {
        all.add("bind " + session.bindType() + " " + session.systemId());
        if (defersBinds) {
            bound.add(session);
            return DEFER;
        }
        return WireBytes.latin1(bind.buffer(), bind.passwordOffset(), bind.passwordLength())
                        .equals("secret")
                ? CommandStatus.ESME_ROK
                : CommandStatus.ESME_RBINDFAIL;
    }

    @Override
    public void onBound(final McSession session) {
        bound.add(session);
    }

    @Override
    public void onClosed(final McSession session, final CloseCause cause) {
        all.add("closed " + cause);
    }

    @Override
    public void onSubmit(final McSession session, final int sequence, final SmDecoder sm) {
        final String text = text(sm);
        if (holdsBackNs > 0 && text.startsWith("hold")) {
            final boolean again = heldBack.equals(text);
            heldBack = again ? "" : text;
            if (!again) {
                all.add("held back " + text);
                session.holdBack(holdsBackNs);
                return;
            }
        }
        all.add("submit " + text);
        if (!answers) {
            unansweredSubmits.add(sequence);
            return;
        }
        final byte[] id = ("id-" + ++nextId).getBytes(ISO_8859_1);
        session.answerSubmit(sequence, submitStatus, new UnsafeBuffer(id), 0, id.length, 85);
    }

    @Override
    public void onDataSm(final McSession session, final int sequence, final SmDecoder sm) {
        all.add("data " + text(sm));
        session.answerDataSm(sequence, CommandStatus.ESME_ROK, new UnsafeBuffer(new byte[] {'d'}), 0, 1);
    }

    @Override
    public void onQuery(final McSession session, final int sequence, final QueryDecoder request) {
        session.answerQuery(sequence, "id-1", "", MessageState.ENROUTE, 0);
    }

    @Override
    public void onCancel(final McSession session, final int sequence, final CancelDecoder request) {
        session.answer(CommandId.CANCEL_SM_RESP, CommandStatus.ESME_ROK, sequence);
    }

    @Override
    public void onDeliverAnswered(
            final McSession session, final long ticket, final int status, final SmRespDecoder answer) {
        all.add("delivered " + ticket + " " + status);
    }

    @Override
    public void onUnanswered(final McSession session, final long ticket, final CloseCause cause) {
        all.add("unanswered " + ticket + " " + cause);
    }

    @Override
    public void onLateAnswer(final McSession session, final long ticket, final int status, final SmRespDecoder answer) {
        all.add("late " + ticket + " " + status);
    }

    private static String text(final SmDecoder sm) {
        return WireBytes.latin1(sm.buffer(), sm.messageOffset(), sm.messageLength());
    }
}

package io.trunkline.smpp.session;

import io.trunkline.smpp.codec.AlertNotificationDecoder;
import io.trunkline.smpp.codec.BindRespDecoder;
import io.trunkline.smpp.codec.CommandStatus;
import io.trunkline.smpp.codec.QuerySmRespDecoder;
import io.trunkline.smpp.codec.SmDecoder;
import io.trunkline.smpp.codec.SmRespDecoder;
import io.trunkline.smpp.codec.WireBytes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a bind tells, one line per event, for tests to look at from any thread. */
public final class EsmeEvents implements EsmeListener {
    public final List<String> all = new CopyOnWriteArrayList<>();
    public final List<Long> exchanges = new CopyOnWriteArrayList<>();
    /** What to return from {@link #onDeliver}. */
    public volatile int deliverStatus = CommandStatus.ESME_ROK;
    /** Run within every answer, as an engine does that submits the next message at once. */
    public volatile Runnable onAnswered = () -> {};

    /** Run within every {@link #onUnanswered}. */
    public volatile Runnable whenUnanswered = () -> {};

    public long count(final String prefix) {
        return all.stream().filter(line -> line.startsWith(prefix)).count();
    }

    @Override
    public void onBound(final EsmeBind bind, final BindRespDecoder answer) {
        all.add("bound " + WireBytes.latin1(answer.buffer(), answer.systemIdOffset(), answer.systemIdLength()) + " "
                + answer.scInterfaceVersion());
    }

    @Override
    public void onUnbound(final EsmeBind bind, final CloseCause cause, final int status) {
        all.add("unbound " + cause + " " + status);
    }

    @Override
    public void onSubmitAnswered(
            final EsmeBind bind,
            final long ticket,
            final int status,
            final SmRespDecoder answer,
            final int congestionState) {
        all.add("answered " + ticket + " " + status + " "
                + WireBytes.latin1(answer.buffer(), answer.messageIdOffset(), answer.messageIdLength()) + " "
                + congestionState);
        onAnswered.run();
    }

    @Override
    public void onUnanswered(final EsmeBind bind, final long ticket, final CloseCause cause) {
        all.add("unanswered " + ticket + " " + cause);
        whenUnanswered.run();
    }

    @Override
    public void onLateAnswer(final EsmeBind bind, final long ticket, final int status, final SmRespDecoder answer) {
        all.add("late " + ticket + " " + status);
    }

    @Override
    public int onDeliver(final EsmeBind bind, final long exchange, final SmDecoder sm, final boolean dataSm) {
        exchanges.add(exchange);
        all.add((dataSm ? "data " : "deliver ")
                + WireBytes.latin1(sm.buffer(), sm.messageOffset(), sm.messageLength()));
        return deliverStatus;
    }

    @Override
    public void onQueryAnswered(
            final EsmeBind bind, final long ticket, final int status, final QuerySmRespDecoder answer) {
        all.add("queried " + ticket + " " + status + " " + answer.messageState());
    }

    @Override
    public void onAlertNotification(final EsmeBind bind, final AlertNotificationDecoder alert) {
        all.add("alert");
    }
}

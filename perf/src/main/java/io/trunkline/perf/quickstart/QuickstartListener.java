package io.trunkline.perf.quickstart;

import io.trunkline.client.ClientListener;
import io.trunkline.client.ClientReference;
import io.trunkline.client.Refusal;
import io.trunkline.client.Submit;
import io.trunkline.client.SubmitResult;
import io.trunkline.client.TrunklineClient;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.upstream.codec.InboundMessageDecoder;
import io.trunkline.upstream.codec.MessageClass;
import io.trunkline.upstream.codec.MessageState;
import io.trunkline.upstream.codec.MessageStatusDecoder;
import io.trunkline.upstream.codec.SenderType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** The API tier of the quickstart: submits, and tells in plain words what comes back. */
final class QuickstartListener implements ClientListener {
    private static final int SHOWN_PER_SCRIPT = 2;
    /** Upper half of the references, "quick". */
    private static final long REFERENCE_HI = 0x71_7569_636BL;

    /** What the simulated handset writes, put together from its parts. */
    private static final String HANDSET_TEXT =
            "Thanks, the code came at once. Please send the next one to this number too.";

    private final ProveContext context;
    private final List<Sample> samples;
    private final int shownPerScript;
    private final Map<String, Integer> shown = new HashMap<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger delivered = new AtomicInteger();
    private final AtomicInteger inbound = new AtomicInteger();

    QuickstartListener(final ProveContext context, final List<Sample> samples, final boolean all) {
        this.context = context;
        this.samples = samples;
        this.shownPerScript = all ? Integer.MAX_VALUE : SHOWN_PER_SCRIPT;
    }

    void submit(final TrunklineClient client, final int index) {
        final Sample sample = samples.get(index);
        final CompletableFuture<SubmitResult> unused = client.submit(
                        Submit.of(new ClientReference(REFERENCE_HI, index + 1L))
                                .from(SenderType.ALPHANUMERIC, sample.from())
                                .to(sample.to())
                                .text(sample.text())
                                .messageClass(MessageClass.valueOf(
                                        sample.messageClass().toUpperCase(Locale.ROOT)))
                                .build(),
                        Duration.ofSeconds(20))
                .whenComplete((result, failure) -> answered(index, result, failure));
    }

    private void answered(final int index, final SubmitResult result, final Throwable failure) {
        if (result instanceof SubmitResult.Accepted) {
            final int count = accepted.incrementAndGet();
            if (count % 50 == 0) {
                context.say("%d messages acknowledged, %d delivered", count, delivered.get());
            }
        } else {
            context.say("message %d was not taken: %s", index + 1, failure == null ? result : failure);
        }
    }

    @Override
    public void onStatus(final MessageStatusDecoder status) {
        if (status.referenceHi() != REFERENCE_HI || status.state().value() < MessageState.DELIVERED.value()) {
            return;
        }
        ended.incrementAndGet();
        if (status.state() == MessageState.DELIVERED) {
            delivered.incrementAndGet();
        }
        final Sample sample = samples.get((int) status.referenceLo() - 1);
        if (status.state() != MessageState.DELIVERED
                || shown.merge(sample.script(), 1, Integer::sum) <= shownPerScript) {
            context.say(
                    "%-9s to +%s  %-10s %d segment%s  %s",
                    status.state().name().toLowerCase(Locale.ROOT),
                    sample.to(),
                    sample.script(),
                    status.segments(),
                    status.segments() == 1 ? " " : "s",
                    sample.excerpt());
        }
    }

    @Override
    public void onInbound(final InboundMessageDecoder message) {
        final int parts = message.segments();
        final String from = message.from();
        final String to = message.to();
        final byte[] body = new byte[message.bodyLength()];
        message.getBody(body, 0, body.length);
        final String text = new String(body, StandardCharsets.UTF_8);
        context.say("inbound   from +%s to +%s, %d parts: %s", from, to, parts, text);
        if (parts == 2 && message.segmentsMissing() == 0 && text.strip().equals(HANDSET_TEXT)) {
            inbound.incrementAndGet();
        }
    }

    @Override
    public void onDisconnected(final Refusal refusal, final String text, final boolean reconnecting) {
        if (reconnecting) {
            context.say("the gateway is gone (%s); reconnecting", text);
        }
    }

    int accepted() {
        return accepted.get();
    }

    int ended() {
        return ended.get();
    }

    int delivered() {
        return delivered.get();
    }

    int inbound() {
        return inbound.get();
    }
}

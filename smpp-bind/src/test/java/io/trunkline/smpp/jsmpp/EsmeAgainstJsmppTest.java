package io.trunkline.smpp.jsmpp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trunkline.smpp.codec.BindRequest;
import io.trunkline.smpp.codec.CommandStatus;
import io.trunkline.smpp.codec.OutboundSm;
import io.trunkline.smpp.session.BindType;
import io.trunkline.smpp.session.EsmeBind;
import io.trunkline.smpp.session.EsmeEvents;
import io.trunkline.smpp.session.EsmeSettings;
import io.trunkline.smpp.session.EsmeState;
import io.trunkline.smpp.session.LiveLoop;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jsmpp.bean.DataCodings;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.session.SMPPServerSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Our binds against a message centre that someone else wrote, over real sockets. */
class EsmeAgainstJsmppTest {
    private final EsmeEvents events = new EsmeEvents();
    private LiveLoop loop;
    private JsmppMc mc;

    @BeforeEach
    void start() throws Exception {
        loop = new LiveLoop();
        mc = new JsmppMc();
    }

    @AfterEach
    void stop() throws Exception {
        loop.close();
        mc.close();
    }

    @Test
    void bindsSubmitsAndGetsAnswers() {
        final EsmeBind bind = bound(settings());
        submitAll(bind, 100);
        await().untilAsserted(() -> assertThat(events.count("answered")).isEqualTo(100));
        final Set<String> ids = new HashSet<>();
        for (final String line : events.all) {
            if (line.startsWith("answered")) {
                assertThat(line).containsPattern("answered \\d+ 0 id-\\d+ -1");
                ids.add(line.substring(line.indexOf("id-")));
            }
        }
        assertThat(ids).hasSize(100);
        assertThat(mc.submits).allSatisfy(sm -> {
            assertThat(sm.getDestAddress()).isEqualTo("491700000001");
            assertThat(new String(sm.getShortMessage(), ISO_8859_1)).isEqualTo("hello");
        });
        assertThat(bind.counters().answersOk).isEqualTo(100);
        assertThat(loop.call(bind::awaiting)).isZero();
    }

    @Test
    void theBindSaysWhatTheSettingsSay() {
        bound(settings().withBindType(BindType.TRANSMITTER));
        final org.jsmpp.session.BindRequest request = mc.binds.get(0);
        assertThat(request.getBindType()).isEqualTo(org.jsmpp.bean.BindType.BIND_TX);
        assertThat(request.getSystemId()).isEqualTo("us");
        assertThat(request.getPassword()).isEqualTo("secret");
        assertThat(events.all.get(0)).isEqualTo("bound jsmpp -1");
    }

    @Test
    void deliveriesAreAnsweredWithWhatTheListenerSays() throws Exception {
        bound(settings());
        deliver("mo 1");
        assertThat(events.all).contains("deliver mo 1");

        events.deliverStatus = CommandStatus.ESME_RTHROTTLED;
        try {
            deliver("mo 2");
            throw new AssertionError("must have been refused");
        } catch (final NegativeResponseException e) {
            assertThat(e.getCommandStatus()).isEqualTo(CommandStatus.ESME_RTHROTTLED);
        }
    }

    @Test
    void aDeferredDeliveryIsAnsweredLater() throws Exception {
        final EsmeBind bind = bound(settings());
        events.deliverStatus = io.trunkline.smpp.session.EsmeListener.DEFER;
        final Thread carrier = new Thread(() -> {
            try {
                deliver("mo");
                events.all.add("carrier got its answer");
            } catch (final Exception e) {
                events.all.add("carrier failed " + e);
            }
        });
        carrier.start();
        await().until(() -> events.exchanges.size() == 1);
        assertThat(events.all).doesNotContain("carrier got its answer");
        assertThat(loop.call(() -> bind.answerDeliver(events.exchanges.get(0), 0)))
                .isTrue();
        await().untilAsserted(() -> assertThat(events.all).contains("carrier got its answer"));
        assertThat(loop.call(() -> bind.answerDeliver(events.exchanges.get(0), 0)))
                .isFalse();
    }

    @Test
    void refusedCredentialsAreNotTriedAgainSoon() {
        mc.refuseBindWith = CommandStatus.ESME_RINVPASWD;
        final EsmeBind bind = loop.bind(settings(), events);
        loop.run(bind::enable);
        await().untilAsserted(() -> assertThat(events.all).containsExactly("unbound BIND_REFUSED 14"));
        assertThat(loop.call(() -> bind.retryAtNs() - System.nanoTime()))
                .isGreaterThan(Duration.ofSeconds(50).toNanos());
        assertThat(bind.counters().bindRefusals).isEqualTo(1);
    }

    @Test
    void comesBackAfterTheCarrierUnbindsAndAfterItDropsTheConnection() {
        final EsmeBind bind = bound(settings());
        mc.sessions.get(0).unbindAndClose();
        await().untilAsserted(() -> assertThat(events.all).contains("unbound PEER_UNBOUND 0"));
        await().atMost(Duration.ofSeconds(15)).until(() -> loop.call(bind::state) == EsmeState.BOUND);
        await().until(() -> mc.sessions.size() == 2);
        mc.sessions.get(1).close();
        await().untilAsserted(() -> assertThat(events.all).anyMatch(line -> line.startsWith("unbound PEER_CLOSED")));
        await().atMost(Duration.ofSeconds(30)).until(() -> loop.call(bind::state) == EsmeState.BOUND);
        assertThat(bind.counters().binds).isEqualTo(3);
    }

    @Test
    void disablingUnbindsInOrder() {
        final EsmeBind bind = bound(settings());
        submitAll(bind, 5);
        loop.run(bind::disable);
        await().until(() -> loop.call(bind::stopped));
        assertThat(events.count("answered")).isEqualTo(5);
        assertThat(events.all.get(events.all.size() - 1)).isEqualTo("unbound DISABLED 0");
        await().until(() -> mc.sessions.get(0).getSessionState() == org.jsmpp.extra.SessionState.CLOSED);
    }

    @Test
    void aThrottledBindSlowsDown() {
        final EsmeBind bind = bound(settings().withRate(100_000, 10));
        mc.refuseWith = CommandStatus.ESME_RTHROTTLED;
        submitAll(bind, 1);
        await().untilAsserted(() -> assertThat(events.all).contains("answered 0 88  -1"));
        assertThat(loop.call(bind::rateMillis)).isLessThan(100_000);
        assertThat(loop.call(() -> bind.canSubmit(System.nanoTime()))).isFalse();
        await().until(() -> loop.call(() -> bind.canSubmit(System.nanoTime())));
    }

    @Test
    void keepsTheLinkAliveWhenItIsIdle() {
        final EsmeSettings settings = settings();
        final EsmeBind bind = bound(settings.withTiming(settings.timing()
                .withEnquireNs(
                        Duration.ofMillis(20).toNanos(), Duration.ofSeconds(5).toNanos())));
        await().until(() -> bind.counters().enquireLinksOut >= 3);
        assertThat(loop.call(bind::state)).isEqualTo(EsmeState.BOUND);
    }

    private EsmeSettings settings() {
        return EsmeSettings.to("localhost", mc.port(), BindRequest.of("us", "secret"));
    }

    private EsmeBind bound(final EsmeSettings settings) {
        final EsmeBind bind = loop.bind(settings, events);
        loop.run(bind::enable);
        await().until(() -> loop.call(bind::state) == EsmeState.BOUND);
        await().until(() -> !mc.sessions.isEmpty());
        return bind;
    }

    /** Submits as fast as the window opens. */
    private void submitAll(final EsmeBind bind, final int count) {
        final byte[] text = "hello".getBytes(ISO_8859_1);
        final OutboundSm sm = new OutboundSm()
                .source(5, 0, "Trunkline")
                .destination(1, 1, "491700000001")
                .message(text, 0, text.length);
        final int[] next = {0};
        final Runnable submit = () -> {
            final long nowNs = System.nanoTime();
            while (next[0] < count && bind.canSubmit(nowNs)) {
                bind.submit(next[0]++, sm, nowNs);
            }
        };
        events.onAnswered = submit;
        loop.run(submit);
    }

    private void deliver(final String text) throws Exception {
        final SMPPServerSession session = mc.sessions.get(0);
        session.deliverShortMessage(
                "",
                TypeOfNumber.INTERNATIONAL,
                NumberingPlanIndicator.ISDN,
                "491700000001",
                TypeOfNumber.INTERNATIONAL,
                NumberingPlanIndicator.ISDN,
                "12345",
                new ESMClass(),
                (byte) 0,
                (byte) 0,
                new RegisteredDelivery(0),
                DataCodings.ZERO,
                text.getBytes(ISO_8859_1));
    }
}

package io.trunkline.perf.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.DaemonSetup;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.sipp.Sipp;
import io.trunkline.perf.sipp.SippPlan;
import io.trunkline.perf.sipp.SippScenario;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SMSCDeliveryReceipt;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Messages that jSMPP submits go out as MESSAGE requests to SIPp, or by SMPP to jSMPP where a trunk does not take them. */
@Timeout(180)
class MessageOutSystemTest {
    private static final String SIP_CARRIER = "127.0.0.3";
    private static final String SENDER = "12025550100";
    private static final String NUMBER = "493012345678";
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final Queue<DeliverSm> receipts = new ConcurrentLinkedQueue<>();
    private ProveContext context;
    private int port;

    @BeforeEach
    void open() throws IOException {
        context = new ProveContext(directory, Map.of(), new PrintWriter(new StringWriter()));
        port = ProveContext.freePorts(1)[0];
    }

    @AfterEach
    void close() {
        context.close();
    }

    private void taker(final SippScenario scenario) throws IOException, InterruptedException {
        context.ending(Sipp.start(
                        SippPlan.callee("taker", scenario, SIP_CARRIER, port)
                                // Attempts have one Call-ID.
                                .with("-trace_msg", "-message_file", "taker.log", "-deadcall_wait", "0"),
                        directory))
                .awaitListening();
    }

    /** The MESSAGE requests that SIPp got, retransmissions among them. */
    private List<String> heard() throws IOException {
        final Path log = directory.resolve("taker").resolve("taker.log");
        final String text = Files.exists(log) ? Files.readString(log, StandardCharsets.UTF_8) : "";
        return List.of(text.split("(?=MESSAGE sip:)", -1)).stream()
                .filter(part -> part.startsWith("MESSAGE sip:"))
                .toList();
    }

    private DaemonSetup setup() {
        final DaemonSetup setup = new DaemonSetup(directory);
        return setup.tenant("acme", "smpp: {systemId: acme, passwords: [\"" + setup.secret() + "\"]}")
                .trunk("voice", "t1", SIP_CARRIER, port, List.of("messagesOut: {}"))
                .sip();
    }

    private DaemonSetup setup(final JsmppCentre centre) {
        return setup().carrier("centre", centre.port(), 1, List.of("tps: 100", "burst: 20", "window: 10"), List.of())
                .route("*,,,voice|centre");
    }

    private Daemon daemon(final DaemonSetup setup, final int linksUp) throws InterruptedException {
        final Daemon daemon = context.ending(new Daemon(setup)).start();
        await().atMost(SOON).until(() -> daemon.metric("trunkline_carrier_binds_up") == linksUp);
        return daemon;
    }

    private SMPPSession esme(final DaemonSetup setup) throws IOException {
        final SMPPSession esme = new SMPPSession();
        esme.setMessageReceiverListener(new ReceiptKeeper(receipts));
        return context.ending(new Closing(JsmppEsme.bind(esme, setup, BindType.BIND_TRX, "acme")))
                .session();
    }

    private static void submit(final SMPPSession esme, final String text) throws Exception {
        JsmppEsme.submit(esme, SENDER, NUMBER, SMSCDeliveryReceipt.SUCCESS_FAILURE, text);
    }

    private String receipt() {
        await().atMost(SOON).until(() -> !receipts.isEmpty());
        return new String(receipts.poll().getShortMessage(), StandardCharsets.US_ASCII);
    }

    private static long unit(final String receipt) {
        return Long.parseLong(receipt.substring("id:".length(), receipt.indexOf(' ')));
    }

    @Test
    void a200IsADeliveryReceiptAndTheTraceTellsOfIt() throws Exception {
        taker(SippScenario.messageTaker(200));
        final DaemonSetup setup = setup().routing("""
                        ways:
                          shop: {carrier: voice, strip: 2, prepend: "77", sender: "Shop 1", senderWhen: always}
                        """).route("*,,,shop");
        final Daemon daemon = daemon(setup, 1);
        submit(esme(setup), "hello over SIP");
        final String receipt = receipt();
        assertThat(receipt).contains("stat:DELIVRD");
        assertThat(heard()).hasSize(1);
        assertThat(heard().get(0))
                .startsWith("MESSAGE sip:+77" + NUMBER.substring(2) + "@" + SIP_CARRIER)
                .contains("hello over SIP")
                .contains("From: <sip:Shop%201@127.0.0.1>");
        assertThat(daemon.command("trace", Long.toString(unit(receipt))))
                .contains("MESSAGE to voice/t1, attempt 0, CSeq 1")
                .contains("MESSAGE by voice/t1: taken, status 200, delivered");
        assertThat(daemon.command("explain", "--to", NUMBER, "--kind", "message"))
                .contains("goes to voice");
        assertThat(daemon.metric("trunkline_trunk_messages_taken_total")).isEqualTo(1);
    }

    @Test
    void whatTheTrunkDoesNotTakeGoesOutBySmpp() throws Exception {
        taker(SippScenario.messageTaker(404));
        try (JsmppCentre centre = new JsmppCentre()) {
            final DaemonSetup setup = setup(centre);
            final Daemon daemon = daemon(setup, 2);
            submit(esme(setup), "try another");
            await().atMost(SOON).until(() -> centre.texts().size() == 1);
            assertThat(centre.texts()).containsExactly("try another");
            assertThat(heard()).hasSize(1);
            assertThat(daemon.command("trace", NUMBER))
                    .contains("MESSAGE by voice/t1: reroute, status 404 CARRIER_REFUSED_DESTINATION");
        }
    }

    @Test
    void whatIsNoTextGoesOutBySmpp() throws Exception {
        taker(SippScenario.messageTaker(200));
        try (JsmppCentre centre = new JsmppCentre()) {
            final DaemonSetup setup = setup(centre);
            final Daemon daemon = daemon(setup, 2);
            esme(setup)
                    .submitShortMessage(
                            "",
                            TypeOfNumber.INTERNATIONAL,
                            NumberingPlanIndicator.ISDN,
                            SENDER,
                            TypeOfNumber.INTERNATIONAL,
                            NumberingPlanIndicator.ISDN,
                            NUMBER,
                            new ESMClass(),
                            (byte) 0,
                            (byte) 0,
                            null,
                            null,
                            new RegisteredDelivery(SMSCDeliveryReceipt.DEFAULT),
                            (byte) 0,
                            new RawDataCoding((byte) 4),
                            (byte) 0,
                            new byte[] {1, 2, 3});
            await().atMost(SOON).until(() -> centre.submits().size() == 1);
            assertThat(heard()).isEmpty();
            assertThat(daemon.command("trace", NUMBER)).contains("voice/t1 cannot carry it: reroute BODY_NOT_CARRIED");
        }
    }

    @Test
    void aBusyTrunkIsTriedAgain() throws Exception {
        taker(SippScenario.messageTaker(503));
        final DaemonSetup setup = setup().route("*,,,voice");
        final Daemon daemon = daemon(setup, 1);
        submit(esme(setup), "busy");
        await().atMost(SOON).until(() -> daemon.metric("trunkline_trunk_messages_refused_total") >= 2);
        assertThat(daemon.command("trace", NUMBER))
                .contains("MESSAGE by voice/t1: retry, status 503 CARRIER_THROTTLED")
                .contains("MESSAGE to voice/t1, attempt 1, CSeq 33");
    }

    @Test
    void whatWasNotAnsweredBeforeAKillIsInDoubtAndNotSentAgainUnlessAskedFor() throws Exception {
        taker(SippScenario.silentMessageTaker());
        final DaemonSetup setup = setup().route("*,,,voice");
        final Daemon daemon = daemon(setup, 1);
        final SMPPSession before = esme(setup);
        submit(before, "in doubt");
        await().atMost(SOON).until(() -> !heard().isEmpty());
        daemon.kill();
        daemon.start();
        await().atMost(SOON).until(() -> daemon.metric("trunkline_segments_in_doubt_total") == 1);
        assertThat(daemon.command("trace", NUMBER)).contains(": in doubt IN_DOUBT_FAILED");
        assertThat(heard().stream().map(MessageOutSystemTest::cseq).distinct())
                .as("requests, but for their repetitions")
                .containsExactly("1 MESSAGE");
    }

    private static String cseq(final String request) {
        final int at = request.indexOf("CSeq: ") + "CSeq: ".length();
        return request.substring(
                at, request.indexOf('\r', at) < 0 ? request.indexOf('\n', at) : request.indexOf('\r', at));
    }

    /** A session that the context ends. */
    private record Closing(SMPPSession session) implements AutoCloseable {
        @Override
        public void close() {
            session.close();
        }
    }

    /** Keeps receipts. */
    private record ReceiptKeeper(Queue<DeliverSm> receipts) implements MessageReceiverListener {
        @Override
        public void onAcceptDeliverSm(final DeliverSm message) {
            receipts.add(message);
        }

        @Override
        public void onAcceptAlertNotification(final AlertNotification notification) {
            throw new AssertionError("no alert was asked for");
        }

        @Override
        public DataSmResult onAcceptDataSm(final DataSm message, final Session source) {
            throw new AssertionError("no data_sm was expected");
        }
    }
}

package io.trunkline.perf.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.DaemonSetup;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.sim.Faults;
import io.trunkline.perf.sim.McSimulator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
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
import org.jsmpp.bean.MessageState;
import org.jsmpp.bean.MessageType;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.SMSCDeliveryReceipt;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.QuerySmResult;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Peers that no one here wrote, or that were written from the documentation alone. */
class InteropSystemTest {
    private static final String TENANT = "acme";

    @TempDir
    Path directory;

    private final StringWriter said = new StringWriter();
    private ProveContext context;

    @BeforeEach
    void open() {
        context = new ProveContext(directory, Map.of(), new PrintWriter(said));
    }

    @AfterEach
    void close() {
        context.close();
    }

    private Daemon daemon(final DaemonSetup setup) throws InterruptedException {
        return context.ending(new Daemon(setup)).start();
    }

    private DaemonSetup setup() {
        final DaemonSetup setup = new DaemonSetup(directory);
        return setup.durability("disk")
                .tenant(TENANT, "smpp: {systemId: acme, passwords: [\"" + setup.secret() + "\"]}")
                .route("*,,,alpha");
    }

    @Test
    @Timeout(60)
    void takesMessagesFromAJsmppClientAndSendsItsReceipts() throws Exception {
        final McSimulator alpha = context.carrier("alpha", Faults.none().with("receipt-delay", "20ms"));
        final DaemonSetup setup =
                setup().carrier(alpha, 1, List.of("tps: 1000", "burst: 100", "window: 50"), List.of());
        daemon(setup);
        final Queue<DeliverSm> receipts = new ConcurrentLinkedQueue<>();
        final SMPPSession esme = bind(setup, receipts);
        try {
            for (int i = 0; i < 20; i++) {
                submit(esme, "4915112340" + (10 + i), "message " + i);
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> receipts.size() == 20);
            assertThat(receipts).allMatch(receipt -> text(receipt).contains("stat:DELIVRD"));
            final String first = text(receipts.peek());
            final String id = first.substring("id:".length(), first.indexOf(' '));
            final QuerySmResult known =
                    esme.queryShortMessage(id, TypeOfNumber.INTERNATIONAL, NumberingPlanIndicator.ISDN, "12025550100");
            assertThat(known.getMessageState()).isEqualTo(MessageState.DELIVERED);
            assertThat(known.getFinalDate()).endsWith("00+");
        } finally {
            esme.unbindAndClose();
        }
    }

    @Test
    @Timeout(90)
    void aReceiptThatComesAfterAKillStillGoesToItsSender() throws Exception {
        final McSimulator alpha = context.carrier("alpha", Faults.none().with("receipt-delay", "4s"));
        final DaemonSetup setup =
                setup().carrier(alpha, 1, List.of("tps: 1000", "burst: 100", "window: 50"), List.of());
        final Daemon daemon = daemon(setup);
        final Queue<DeliverSm> receipts = new ConcurrentLinkedQueue<>();
        final SMPPSession before = bind(setup, receipts);
        submit(before, "491511234010", "before");
        daemon.kill();
        before.close();
        daemon.start();
        final SMPPSession after = bind(setup, receipts);
        try {
            await().atMost(Duration.ofSeconds(40)).until(() -> !receipts.isEmpty());
            assertThat(receipts.peek().getSourceAddr()).isEqualTo("491511234010");
            assertThat(receipts.peek().getDestAddress()).isEqualTo("12025550100");
        } finally {
            after.unbindAndClose();
        }
    }

    private static SMPPSession bind(final DaemonSetup setup, final Queue<DeliverSm> receipts) throws IOException {
        final SMPPSession esme = new SMPPSession();
        esme.setMessageReceiverListener(new ReceiptKeeper(receipts));
        return JsmppEsme.bind(esme, setup, BindType.BIND_TRX, TENANT);
    }

    private static void submit(final SMPPSession esme, final String to, final String text) throws Exception {
        JsmppEsme.submit(esme, "12025550100", to, SMSCDeliveryReceipt.SUCCESS_FAILURE, text);
    }

    private static String text(final DeliverSm receipt) {
        return new String(receipt.getShortMessage(), StandardCharsets.US_ASCII);
    }

    /** Keeps receipts. */
    private record ReceiptKeeper(Queue<DeliverSm> receipts) implements MessageReceiverListener {
        @Override
        public void onAcceptDeliverSm(final DeliverSm message) {
            if (MessageType.SMSC_DEL_RECEIPT.containedIn(message.getEsmClass())) {
                receipts.add(message);
            }
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

    @Test
    @Timeout(60)
    void sendsThroughAJsmppMessageCentre() throws Exception {
        try (JsmppCentre centre = new JsmppCentre()) {
            final DaemonSetup setup = setup().carrier(
                            "alpha", centre.port(), 1, List.of("tps: 100", "burst: 20", "window: 10"), List.of());
            daemon(setup);
            final String output = python(setup, 30);
            assertThat(output).contains("accepted=5").contains("delivered=5").contains("open=0");
            assertThat(centre.texts()).hasSize(5).allMatch(text -> text.startsWith("Hello from the page alone"));
        }
    }

    @Test
    @Timeout(60)
    void servesThePythonClientThatWasWrittenFromThePage() throws Exception {
        final McSimulator alpha = context.carrier("alpha", Faults.none().with("receipt-delay", "20ms"));
        final DaemonSetup setup =
                setup().carrier(alpha, 1, List.of("tps: 1000", "burst: 100", "window: 50"), List.of());
        daemon(setup);
        final String output = python(setup, 30);
        assertThat(output).contains("accepted=5").contains("delivered=5").contains("open=0");
    }

    /** Submits five messages with the example client and waits for their last words. */
    private static String python(final DaemonSetup setup, final int seconds) throws IOException, InterruptedException {
        final Process child = new ProcessBuilder(
                        "python3",
                        ProveContext.repository()
                                .resolve("docs/examples/trunkline.py")
                                .toString(),
                        "--port",
                        Integer.toString(setup.binaryPort()),
                        "--tenant",
                        TENANT,
                        "--token",
                        "file:" + setup.directory().resolve("secret"),
                        "submit",
                        "--from",
                        "12025550100",
                        "--to",
                        "491511234567",
                        "--text",
                        "Hello from the page alone",
                        "--count",
                        "5",
                        "--wait",
                        Integer.toString(seconds))
                .redirectErrorStream(true)
                .start();
        final String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(output).isZero();
        return output;
    }
}

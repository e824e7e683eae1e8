package io.trunkline.perf.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.DaemonCommand;
import io.trunkline.perf.prove.DaemonSetup;
import io.trunkline.perf.prove.ProveContext;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.SMSCDeliveryReceipt;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.session.SMPPSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rules and ways take effect on the wire, and `explain` says beforehand what will. */
@Tag("one-jvm")
class RoutingSystemTest {
    private static final List<String> BIND = List.of("tps: 100", "burst: 20", "window: 10");

    @TempDir
    Path directory;

    private ProveContext context;

    @BeforeEach
    void open() {
        context = new ProveContext(directory, Map.of(), new PrintWriter(new StringWriter()));
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    @Timeout(90)
    void addressesAreChangedOnTheWayAndRulesRefuse() throws Exception {
        try (JsmppCentre alpha = new JsmppCentre();
                JsmppCentre beta = new JsmppCentre()) {
            final DaemonSetup setup = setup().carrier("alpha", alpha.port(), 1, BIND, List.of())
                    .carrier("beta", beta.port(), 1, BIND, List.of());
            context.ending(new Daemon(setup)).start();
            final SMPPSession esme = JsmppEsme.bind(new SMPPSession(), setup, BindType.BIND_TX, "acme");
            try {
                JsmppEsme.submit(esme, "BANK", "491511234010", SMSCDeliveryReceipt.DEFAULT, "hello");
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> alpha.submits().size() == 1);
                final SubmitSm national = alpha.submits().get(0);
                assertThat(national.getDestAddress()).isEqualTo("771511234010");
                assertThat(national.getSourceAddr()).isEqualTo("12025550100");
                assertThat(national.getSourceAddrTon()).isEqualTo((byte) 1);

                JsmppEsme.submit(esme, "BANK", "998612345678", SMSCDeliveryReceipt.DEFAULT, "hello");
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> beta.submits().size() == 1);
                assertThat(beta.submits().get(0).getDestAddress()).isEqualTo("8612345678");
                assertThat(beta.submits().get(0).getDestAddrTon()).isEqualTo((byte) 2);
                assertThat(beta.submits().get(0).getSourceAddr()).isEqualTo("BANK");

                assertThatThrownBy(() ->
                                JsmppEsme.submit(esme, "BANK", "447000000000", SMSCDeliveryReceipt.DEFAULT, "hello"))
                        .isInstanceOf(NegativeResponseException.class);
            } finally {
                esme.unbindAndClose();
            }
            assertThat(explain(setup, "--to", "491511234010", "--tenant", "acme"))
                    .contains("routes.csv:2: prefix 49: chosen", "prepends 77", "goes to alpha");
            assertThat(explain(setup, "--to", "447000000000")).contains("refused: 1033 REFUSED_BY_RULE");
        }
    }

    private DaemonSetup setup() {
        final DaemonSetup setup = new DaemonSetup(directory);
        return setup.tenant("acme", "smpp: {systemId: acme, passwords: [\"" + setup.secret() + "\"]}")
                .routing("""
                        ways:
                          alpha-technical: {carrier: alpha, strip: 2, prepend: "77", sender: "12025550100", senderWhen: alphanumeric}
                        rules:
                          - {to: ["4470"], reject: REFUSED_BY_RULE, reason: premium numbers}
                          - {to: ["9986"], rewrite: {strip: 2, ton: 2}}
                        """)
                .route("49,,,alpha-technical")
                .route("86,,,beta")
                .route("44,,,beta");
    }

    private static String explain(final DaemonSetup setup, final String... arguments)
            throws IOException, InterruptedException {
        final List<String> all = new ArrayList<>(List.of("explain"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--data", setup.data().toString()));
        final Process child = new ProcessBuilder(DaemonCommand.of(all))
                .redirectErrorStream(true)
                .start();
        child.getOutputStream().close();
        final String text = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(text).isZero();
        return text;
    }
}

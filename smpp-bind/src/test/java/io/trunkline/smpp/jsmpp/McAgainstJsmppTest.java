package io.trunkline.smpp.jsmpp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trunkline.smpp.codec.CommandStatus;
import io.trunkline.smpp.codec.OutboundSm;
import io.trunkline.smpp.session.LiveLoop;
import io.trunkline.smpp.session.McDesk;
import io.trunkline.smpp.session.McServer;
import io.trunkline.smpp.session.McSession;
import io.trunkline.smpp.session.McSettings;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.DataCodings;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.InterfaceVersion;
import org.jsmpp.bean.MessageState;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.Session;
import org.jsmpp.session.SubmitSmResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Our message centre against an ESME that someone else wrote, over real sockets. */
class McAgainstJsmppTest {
    private final McDesk desk = new McDesk();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private LiveLoop loop;
    private McServer server;
    private SMPPSession esme;

    @BeforeEach
    void start() {
        loop = new LiveLoop();
        server = loop.server(McSettings.DEFAULT, desk);
    }

    @AfterEach
    void stop() {
        if (esme != null) {
            esme.close();
        }
        loop.close();
    }

    @Test
    void bindsAnswersSubmitsAndUnbinds() throws Exception {
        bind(BindType.BIND_TRX, "secret", InterfaceVersion.IF_34);
        for (int i = 1; i <= 20; i++) {
            assertThat(submit("hello " + i).getMessageId()).isEqualTo("id-" + i);
        }
        assertThat(desk.all).contains("bind TRANSCEIVER esme", "submit hello 20");
        assertThat(server.bound("esme")).isEqualTo(1);
        esme.unbindAndClose();
        await().untilAsserted(() -> assertThat(desk.all).contains("closed PEER_UNBOUND"));
        await().until(() -> server.sessions() == 0 && server.bound("esme") == 0);
    }

    @Test
    void theAnswerToAnUnbindIsSeenEveryTime() throws Exception {
        for (int i = 0; i < 20; i++) {
            bind(BindType.BIND_TRX, "secret", InterfaceVersion.IF_34);
            final long from = System.nanoTime();
            esme.unbindAndClose();
            // Without it jSMPP waits for its transaction timer.
            assertThat(System.nanoTime() - from).isLessThan(TimeUnit.SECONDS.toNanos(4));
        }
    }

    @Test
    void aWrongPasswordIsRefused() {
        assertThatThrownBy(() -> bind(BindType.BIND_TX, "wrong", InterfaceVersion.IF_34))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Receive negative bind response");
        await().untilAsserted(() -> assertThat(desk.all).contains("closed BIND_REFUSED"));
    }

    @Test
    void refusalsKeepTheirStatus() throws Exception {
        bind(BindType.BIND_TX, "secret", InterfaceVersion.IF_34);
        desk.submitStatus = CommandStatus.ESME_RINVDSTADR;
        assertThatThrownBy(() -> submit("x"))
                .isInstanceOfSatisfying(
                        NegativeResponseException.class,
                        e -> assertThat(e.getCommandStatus()).isEqualTo(CommandStatus.ESME_RINVDSTADR));
    }

    @Test
    void onlyAnEsmeOfVersion5IsToldHowLoadedWeAre() throws Exception {
        bind(BindType.BIND_TX, "secret", InterfaceVersion.IF_50);
        final SubmitSmResult five = submit("x");
        assertThat(five.getOptionalParameters()).hasSize(1);
        assertThat(((OptionalParameter.Congestion_state) five.getOptionalParameters()[0]).getValue())
                .isEqualTo((byte) 85);
        esme.unbindAndClose();
        bind(BindType.BIND_TX, "secret", InterfaceVersion.IF_34);
        assertThat(submit("x").getOptionalParameters()).isNullOrEmpty();
    }

    @Test
    void deliversAndHearsTheAnswer() throws Exception {
        bind(BindType.BIND_RX, "secret", InterfaceVersion.IF_34);
        await().until(() -> desk.bound.size() == 1);
        final McSession session = desk.bound.get(0);
        final byte[] text = "mo".getBytes(ISO_8859_1);
        final OutboundSm sm = new OutboundSm()
                .source(1, 1, "491700000001")
                .destination(1, 1, "12345")
                .message(text, 0, text.length);
        loop.run(() -> session.deliver(77, sm, System.nanoTime()));
        await().untilAsserted(() -> assertThat(desk.all).contains("delivered 77 0"));
        assertThat(received).containsExactly("mo");
    }

    @Test
    void queryCancelAndDataSmAreAnswered() throws Exception {
        bind(BindType.BIND_TRX, "secret", InterfaceVersion.IF_34);
        assertThat(esme.queryShortMessage("id-1", TypeOfNumber.UNKNOWN, NumberingPlanIndicator.UNKNOWN, "1")
                        .getMessageState())
                .isEqualTo(MessageState.ENROUTE);
        esme.cancelShortMessage(
                "",
                "id-1",
                TypeOfNumber.UNKNOWN,
                NumberingPlanIndicator.UNKNOWN,
                "1",
                TypeOfNumber.UNKNOWN,
                NumberingPlanIndicator.UNKNOWN,
                "2");
        assertThat(esme.dataShortMessage(
                                "",
                                TypeOfNumber.UNKNOWN,
                                NumberingPlanIndicator.UNKNOWN,
                                "1",
                                TypeOfNumber.UNKNOWN,
                                NumberingPlanIndicator.UNKNOWN,
                                "2",
                                new ESMClass(),
                                new RegisteredDelivery(0),
                                DataCodings.ZERO,
                                new OptionalParameter.Message_payload("payload".getBytes(ISO_8859_1)))
                        .getMessageId())
                .isEqualTo("d");
        assertThat(desk.all).contains("data payload");
    }

    @Test
    void replaceIsRefusedWithItsOwnStatusWhereTheListenerDoesNotKnowIt() throws Exception {
        bind(BindType.BIND_TRX, "secret", InterfaceVersion.IF_34);
        assertThatThrownBy(() -> esme.replaceShortMessage(
                        "id-1",
                        TypeOfNumber.UNKNOWN,
                        NumberingPlanIndicator.UNKNOWN,
                        "1",
                        null,
                        null,
                        new RegisteredDelivery(0),
                        (byte) 0,
                        new byte[] {'x'}))
                .isInstanceOfSatisfying(
                        NegativeResponseException.class,
                        e -> assertThat(e.getCommandStatus()).isEqualTo(CommandStatus.ESME_RREPLACEFAIL));
    }

    @Test
    void closingTheServerUnbindsItsSessions() throws Exception {
        bind(BindType.BIND_TRX, "secret", InterfaceVersion.IF_34);
        server.close();
        await().untilAsserted(() -> assertThat(desk.all).contains("closed DISABLED"));
        // How far jSMPP gets from here is a race of its own threads: unbound by the PDU, or closed by the socket.
        await().until(() -> !esme.getSessionState().isBound());
    }

    private void bind(final BindType type, final String password, final InterfaceVersion version) throws IOException {
        esme = new SMPPSession();
        esme.setTransactionTimer(5_000);
        esme.setMessageReceiverListener(new MessageReceiverListener() {
            @Override
            public void onAcceptDeliverSm(final DeliverSm deliver) {
                received.add(new String(deliver.getShortMessage(), ISO_8859_1));
            }

            @Override
            public void onAcceptAlertNotification(final AlertNotification alert) {
                received.add("alert");
            }

            @Override
            public DataSmResult onAcceptDataSm(final DataSm dataSm, final Session source)
                    throws ProcessRequestException {
                throw new ProcessRequestException("no", CommandStatus.ESME_RSYSERR);
            }
        });
        esme.connectAndBind(
                "localhost",
                server.localAddress().getPort(),
                new BindParameter(
                        type, "esme", password, "", TypeOfNumber.UNKNOWN, NumberingPlanIndicator.UNKNOWN, "", version));
    }

    private SubmitSmResult submit(final String text) throws Exception {
        return esme.submitShortMessage(
                "",
                TypeOfNumber.ALPHANUMERIC,
                NumberingPlanIndicator.UNKNOWN,
                "Us",
                TypeOfNumber.INTERNATIONAL,
                NumberingPlanIndicator.ISDN,
                "491700000001",
                new ESMClass(),
                (byte) 0,
                (byte) 0,
                null,
                null,
                new RegisteredDelivery(1),
                (byte) 0,
                DataCodings.ZERO,
                (byte) 0,
                text.getBytes(ISO_8859_1));
    }
}

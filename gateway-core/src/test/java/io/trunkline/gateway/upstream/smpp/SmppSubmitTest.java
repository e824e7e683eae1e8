package io.trunkline.gateway.upstream.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.trunkline.gateway.engine.ErrorCode;
import io.trunkline.gateway.engine.SubmitRequest;
import io.trunkline.gateway.upstream.FakeDesk;
import io.trunkline.smpp.codec.CommandStatus;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SmppSubmitTest {
    private final SmppRig rig;
    private final JsmppEsme esme;

    SmppSubmitTest() throws Exception {
        rig = new SmppRig();
        esme = JsmppEsme.transceiver(rig);
    }

    @AfterEach
    void close() {
        esme.close();
        rig.close();
    }

    @Test
    void answersWithTheUnitIdAndHandsTextOnAsUtf8() throws Exception {
        assertThat(esme.submit("hello {x}", 1)).isEqualTo("1");
        final FakeDesk.Taken taken = rig.desk.taken.poll();
        // The octets of { and } are other characters in GSM 03.38.
        assertThat(taken)
                .isEqualTo(new FakeDesk.Taken(
                        1,
                        SmppRig.TENANT_ID,
                        0,
                        0,
                        2,
                        2,
                        2,
                        2,
                        SubmitRequest.TEXT,
                        false,
                        false,
                        SubmitRequest.ABSENT,
                        SubmitRequest.ABSENT,
                        SubmitRequest.ABSENT,
                        "Trunkline",
                        "491701234567",
                        "hello \u00e4x\u00f1",
                        "",
                        ""));
    }

    @Test
    void readsEveryTextAlphabet() throws Exception {
        final String cyrillic = "\u041f\u0440\u0438\u0432\u0435\u0442 \uD83D\uDE00";
        submit(cyrillic.getBytes(StandardCharsets.UTF_16BE), 8, 0);
        submit("caf\u00e9 \u00a7".getBytes(StandardCharsets.ISO_8859_1), 3, 0);
        submit("plain @".getBytes(StandardCharsets.US_ASCII), 1, 0);
        submit(new byte[] {0, 0x1B, 0x65, 2}, 0, 0);
        assertThat(rig.desk.taken.stream().map(FakeDesk.Taken::body))
                .containsExactly(cyrillic, "caf\u00e9 \u00a7", "plain @", "@\u20ac$");
        assertThat(rig.desk.taken).allMatch(taken -> taken.dataCoding() == SubmitRequest.TEXT);
    }

    @Test
    void handsOnWhatIsNotPlainTextAsItIs() throws Exception {
        final byte[] binary = {1, 2, (byte) 0xFF};
        submit(binary, 4, 0);
        assertTaken(4, false, binary);
        submit("flash".getBytes(StandardCharsets.US_ASCII), 0x10, 0);
        assertTaken(0x10, false, "flash".getBytes(StandardCharsets.US_ASCII));
        final byte[] part = {5, 0, 3, 9, 2, 1, 'h', 'i'};
        submit(part, 0, 0x40);
        assertTaken(0, true, part);
    }

    @Test
    void turnsSarTlvsIntoAHeader() throws Exception {
        esme.submit(
                "491701234567",
                "part".getBytes(StandardCharsets.US_ASCII),
                0,
                0,
                0,
                "",
                "",
                new OptionalParameter.Sar_msg_ref_num((short) 0x1234),
                new OptionalParameter.Sar_total_segments((byte) 3),
                new OptionalParameter.Sar_segment_seqnum((byte) 2));
        assertTaken(0, true, new byte[] {6, 8, 4, 0x12, 0x34, 3, 2, 'p', 'a', 'r', 't'});
    }

    @Test
    void readsValidityAndScheduleInBothForms() throws Exception {
        esme.submit("491701234567", new byte[] {'x'}, 0, 0, 0, "000000010000000R", "000000030000000R");
        final FakeDesk.Taken relative = rig.desk.taken.poll();
        assertThat(relative.scheduledAtMs()).isEqualTo(SmppRig.WALL_MS + 3_600_000);
        assertThat(relative.validityMs()).isEqualTo(3 * 3_600_000);
        // The rig's wall clock stands at 2026-11-21T08:00:00Z.
        esme.submit("491701234567", new byte[] {'x'}, 0, 0, 0, "261121090000000+", "261121110000004+");
        final FakeDesk.Taken absolute = rig.desk.taken.poll();
        assertThat(absolute.scheduledAtMs()).isEqualTo(SmppRig.WALL_MS + 3_600_000);
        assertThat(absolute.validityMs()).isEqualTo(2 * 3_600_000);
        esme.submit("491701234567", new byte[] {'x'}, 0, 0, 0, "261121070000000+", "");
        assertThat(rig.desk.taken.poll().scheduledAtMs()).isEqualTo(SubmitRequest.ABSENT);
        assertStatus(
                CommandStatus.ESME_RINVEXPIRY,
                () -> esme.submit("491701234567", new byte[] {'x'}, 0, 0, 0, "", "261121070000000+"));
        assertStatus(
                CommandStatus.ESME_RINVEXPIRY,
                () -> esme.submit("491701234567", new byte[] {'x'}, 0, 0, 0, "", "269921070000000+"));
    }

    @Test
    void wishesForReceiptsFollowRegisteredDelivery() throws Exception {
        for (final int registered : new int[] {0, 1, 2, 3, 0x11, 0x10}) {
            esme.submit("x", registered);
        }
        assertThat(rig.desk.taken.stream().map(FakeDesk.Taken::receiptWish)).containsExactly(1, 2, 4, 5, 3, 1);
    }

    @Test
    void refusesByTheTable() throws Exception {
        final Map<ErrorCode, Integer> table = new LinkedHashMap<>();
        table.put(ErrorCode.OVER_RATE, CommandStatus.ESME_RTHROTTLED);
        table.put(ErrorCode.TENANT_QUEUE_FULL, CommandStatus.ESME_RMSGQFUL);
        table.put(ErrorCode.STORAGE_LOW, CommandStatus.ESME_RMSGQFUL);
        table.put(ErrorCode.INVALID_DESTINATION, CommandStatus.ESME_RINVDSTADR);
        table.put(ErrorCode.NO_ROUTE, CommandStatus.ESME_RINVDSTADR);
        table.put(ErrorCode.SENDER_NOT_ALLOWED, CommandStatus.ESME_RINVSRCADR);
        table.put(ErrorCode.BODY_TOO_LONG, CommandStatus.ESME_RINVMSGLEN);
        table.put(ErrorCode.INTERNAL, CommandStatus.ESME_RSYSERR);
        for (final Map.Entry<ErrorCode, Integer> entry : table.entrySet()) {
            rig.desk.refusal = entry.getKey();
            assertStatus(entry.getValue(), () -> esme.submit("x", 0));
        }
        rig.desk.refusal = ErrorCode.NONE;
        assertStatus(CommandStatus.ESME_RINVMSGLEN, () -> submit(new byte[0], 0, 0));
        assertStatus(CommandStatus.ESME_RINVDSTADR, () -> esme.submit("", new byte[] {'x'}, 0, 0, 0, "", ""));
        // Latin-1 that claims to be GSM 03.38.
        assertStatus(CommandStatus.ESME_RSUBMITFAIL, () -> submit(new byte[] {(byte) 0xE9}, 0, 0));
        assertThat(rig.desk.taken).isEmpty();
        assertThat(esme.submit("still here", 0)).isEqualTo("1");
    }

    @Test
    void everyCodeHasAStatusAndNoRefusalIsOk() {
        for (final ErrorCode code : ErrorCode.values()) {
            if (code != ErrorCode.NONE) {
                assertThat(SmppStatuses.ofSubmit(code)).as(code.name()).isNotZero();
                assertThat(SmppStatuses.ofBind(code)).as(code.name()).isNotZero();
            }
        }
    }

    @Test
    void cancelsByTheIdThatItGave() throws Exception {
        esme.submit("x", 0);
        cancel("1");
        assertStatus(CommandStatus.ESME_RINVMSGID, () -> cancel("77"));
        assertStatus(CommandStatus.ESME_RINVMSGID, () -> cancel("abc"));
        assertThat(rig.desk.calls).containsExactly("cancel 42 1", "cancel 42 77", "query 42 77");
    }

    @Test
    void overTheWindowMeansAnswersThatHaveNotLeft() throws Exception {
        rig.runOnLoop(() -> rig.outputs.peek().gate(true));
        final CompletableFuture<?>[] submits = new CompletableFuture<?>[12];
        for (int i = 0; i < submits.length; i++) {
            submits[i] = CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return esme.submit("x", 0);
                        } catch (final NegativeResponseException e) {
                            return "refused " + e.getCommandStatus();
                        } catch (final Exception e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    task -> new Thread(task).start());
        }
        await().until(() -> rig.onLoop(() -> rig.counters.submits) == 12L);
        assertThat(rig.desk.taken).hasSize(10);
        rig.runOnLoop(() -> rig.outputs.peek().gate(false));
        CompletableFuture.allOf(submits).get();
        assertThat(submits)
                .filteredOn(submit -> submit.join().equals("refused " + CommandStatus.ESME_RTHROTTLED))
                .hasSize(2);
        assertThat(esme.submit("again", 0)).isEqualTo("11");
    }

    @Test
    void drainRefusesSubmitsAndThenUnbinds() throws Exception {
        rig.runOnLoop(rig.server::drain);
        assertStatus(CommandStatus.ESME_RMSGQFUL, () -> esme.submit("x", 0));
        rig.runOnLoop(rig.server::close);
        await().until(() -> rig.onLoop(rig.server::sessions) == 0);
    }

    private void submit(final byte[] body, final int dataCoding, final int esmClass) throws Exception {
        esme.submit("491701234567", body, dataCoding, esmClass, 0, "", "");
    }

    private void cancel(final String id) throws Exception {
        esme.session.cancelShortMessage(
                "",
                id,
                TypeOfNumber.ALPHANUMERIC,
                NumberingPlanIndicator.UNKNOWN,
                "Trunkline",
                TypeOfNumber.INTERNATIONAL,
                NumberingPlanIndicator.ISDN,
                "491701234567");
    }

    private void assertTaken(final int dataCoding, final boolean header, final byte[] body) {
        final FakeDesk.Taken taken = rig.desk.taken.poll();
        assertThat(taken.dataCoding()).isEqualTo(dataCoding);
        assertThat(taken.userDataHeader()).isEqualTo(header);
        assertThat(taken.body().getBytes(StandardCharsets.ISO_8859_1)).isEqualTo(body);
    }

    private static void assertStatus(
            final int status, final org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        NegativeResponseException.class,
                        e -> assertThat(e.getCommandStatus()).isEqualTo(status));
    }
}

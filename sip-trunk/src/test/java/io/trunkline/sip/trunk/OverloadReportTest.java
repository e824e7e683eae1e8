package io.trunkline.sip.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.sip.message.MessageEdit;
import io.trunkline.sip.message.Messages;
import io.trunkline.sip.message.OctetWriter;
import io.trunkline.sip.message.SipMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7339 on the server's side, and its parameters read back. */
class OverloadReportTest {
    private static final String OFFERED =
            Messages.OK.replace(";received", ";oc;oc-algo=\"loss,A\";x=\";oc=1\";received");

    private final OverloadReport report = new OverloadReport();
    private final OverloadParameters parameters = new OverloadParameters();
    private final MessageEdit edit = new MessageEdit(8, 4_096);

    private String put(final String response, final int percent, final long validityMs, final long nowMs) {
        final SipMessage message = Messages.index(response);
        report.put(message, percent, validityMs, nowMs, edit.of(message));
        final OctetWriter out = Messages.writer();
        assertThat(edit.write(out)).isPositive();
        return Messages.written(out);
    }

    @Test
    void theReportReplacesTheOfferAndNothingElse() {
        final String written = put(OFFERED, 25, 1_500, 1_234_567);
        assertThat(written)
                .isEqualTo(Messages.OK
                        .replace(";received", ";x=\";oc=1\";received")
                        .replace(";rport=5062", ";rport=5062;oc=25;oc-algo=\"loss\";oc-validity=1500;oc-seq=1234.567"));
        parameters.read(Messages.index(written));
        assertThat(parameters.percent()).isEqualTo(25);
        assertThat(parameters.loss()).isTrue();
        assertThat(parameters.validityMs()).isEqualTo(1_500);
        assertThat(parameters.sequence()).isEqualTo(123_456_700);
    }

    @Test
    void viasBehindTheFirstStayAsTheyAre() {
        final String two = OFFERED.replace("rport=5062", "rport=5062, SIP/2.0/TCP b.example;branch=z9hG4bKx;oc=7");
        assertThat(put(two, 0, 0, 1_000)).contains(";oc=0;", ", SIP/2.0/TCP b.example;branch=z9hG4bKx;oc=7\n");
    }

    @Test
    void reportsOfOneMillisecondHaveDifferentNumbers() {
        assertThat(put(OFFERED, 1, 1, 5_000)).contains("oc-seq=5.000");
        assertThat(put(OFFERED, 1, 1, 5_000)).contains("oc-seq=5.001");
        assertThat(put(OFFERED, 1, 1, 4_000)).contains("oc-seq=5.002");
    }

    @Test
    void onlyWhoOffersToObeyIsTold() {
        assertThat(report.isWanted(Messages.index(Messages.INVITE))).isFalse();
        assertThat(report.isWanted(
                        Messages.index(Messages.INVITE.replaceFirst("branch=", "oc;oc-algo=\"loss\";branch="))))
                .isTrue();
        assertThat(report.isWanted(
                        Messages.index(Messages.INVITE.replaceFirst("branch=", "oc;oc-algo=\"rate\";branch="))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"oc=101", "oc=x", "oc", "oc=-1", "x=y"})
    void whatIsNoPercentageIsNone(final String wrong) {
        parameters.read(Messages.index(Messages.OK.replace(";received", ";" + wrong + ";received")));
        assertThat(parameters.percent()).isEqualTo(OverloadParameters.ABSENT);
    }
}

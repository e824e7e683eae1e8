package io.trunkline.sip.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7339 on the server's side, and its parameters read back. */
class OverloadReportTest {
    private static final String OFFER = ";oc;oc-algo=\"loss,A\"";
    private static final PeerAddress PEER = new PeerAddress("192.0.2.7", 5099);

    private final OverloadReport report = new OverloadReport();
    private final OverloadParameters parameters = new OverloadParameters();

    /** The topmost Via of a response to a request with such a Via. */
    private String via(final String ofRequest) {
        final SipMessage request = Messages.index(Messages.INVITE.replaceFirst("Via: [^\n]*", "Via: " + ofRequest));
        final OctetWriter out = Messages.writer();
        final MessageWriter writer = new MessageWriter(out);
        writer.report(report);
        ResponseWriter.start(request, 503, "Busy", "tag", PEER, writer);
        writer.end();
        final String text = Messages.written(out);
        parameters.read(Messages.index(text));
        return text.lines().skip(1).findFirst().orElseThrow();
    }

    @Test
    void theReportReplacesTheOfferAndNothingElse() {
        report.set(25, 1_500, 1_234_567);
        final String told = ";oc=25;oc-algo=\"loss\";oc-validity=1500;oc-seq=1234.567";
        assertThat(via("SIP/2.0/UDP a.example;branch=z9hG4bK1" + OFFER + ";x=\";oc=1\""))
                .isEqualTo("Via: SIP/2.0/UDP a.example;branch=z9hG4bK1;x=\";oc=1\";received=192.0.2.7" + told);
        assertThat(parameters.percent()).isEqualTo(25);
        assertThat(parameters.loss()).isTrue();
        assertThat(parameters.validityMs()).isEqualTo(1_500);
        assertThat(parameters.sequence()).isEqualTo(123_456_700);
        assertThat(via("SIP/2.0/UDP a.example" + OFFER + ";rport;branch=z9hG4bK1"))
                .isEqualTo("Via: SIP/2.0/UDP a.example;rport=5099;branch=z9hG4bK1;received=192.0.2.7" + told);
        assertThat(via("SIP/2.0/UDP a.example;received=1.2.3.4" + OFFER + ";branch=z9hG4bK1;rport=7;oc-seq=1.2"))
                .isEqualTo("Via: SIP/2.0/UDP a.example;received=192.0.2.7;branch=z9hG4bK1;rport=5099" + told);
    }

    @Test
    void viasBehindTheFirstStayAsTheyAre() {
        report.set(1, 500, 1_000);
        assertThat(via("SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK1" + OFFER
                        + ", SIP/2.0/TCP b.example;branch=z9hG4bKx;oc=7"))
                .contains("branch=z9hG4bK1;oc=1;")
                .endsWith(", SIP/2.0/TCP b.example;branch=z9hG4bKx;oc=7");
    }

    @Test
    void reportsOfOneMillisecondHaveDifferentNumbers() {
        for (final long nowMs : new long[] {5_000, 5_000, 4_000}) {
            report.set(1, 1, nowMs);
        }
        assertThat(via("SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK1" + OFFER)).endsWith(";oc-seq=5.002");
    }

    @Test
    void onlyWhoOffersToObeyIsToldAndOnlyWhereThereIsSomethingToTell() {
        final String obeys = "SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK1" + OFFER;
        assertThat(via(obeys)).isEqualTo("Via: " + obeys);
        report.set(1, 500, 1_000);
        assertThat(via(obeys)).contains(";oc=1;");
        for (final String other : new String[] {"", ";oc", ";oc;oc-algo=\"rate\""}) {
            final String asItCame = "SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK1" + other;
            assertThat(via(asItCame)).isEqualTo("Via: " + asItCame);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"oc=101", "oc=x", "oc", "oc=-1", "x=y"})
    void whatIsNoPercentageIsNone(final String wrong) {
        parameters.read(Messages.index(Messages.OK.replace(";received", ";" + wrong + ";received")));
        assertThat(parameters.percent()).isEqualTo(OverloadParameters.ABSENT);
    }
}

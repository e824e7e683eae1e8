package io.trunkline.gateway.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.admin.Rows.CallRow;
import io.trunkline.gateway.admin.ShardView.UnitQuery;
import io.trunkline.gateway.cli.Trunkline;
import io.trunkline.sip.message.TransportProtocol;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The SIP messages of one call, asked for by its id. */
class CapturedCallTest extends GatewayTest {
    private static final String OTHER = "442071838799";

    private final StringWriter said = new StringWriter();

    private int trace(final String unit, final Path file) {
        return Trunkline.commandLine()
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(said, true))
                .execute(
                        "trace",
                        unit,
                        "--pcap",
                        file.toString(),
                        "--data",
                        directory.resolve("data").toString());
    }

    private String openCall() throws Exception {
        final List<CallRow> calls = rig.daemon()
                .shardView()
                .call(view -> view.calls(new UnitQuery(Optional.empty(), Optional.empty(), Optional.empty(), 10)));
        assertThat(calls).hasSize(1);
        return calls.get(0).unit();
    }

    @Test
    void bothLegsOfACallAreInTheFileAndNoOtherCall() throws Exception {
        rig.sip("capture: {memory: 64KiB}\n").routes("*,call,alpha\n").start();
        platform.invite(OWNED, NUMBER, "");
        final String invite = alpha.heard("INVITE");
        final String unit = openCall();
        alpha.answer(invite, "486 Busy Here", "");
        assertThat(platform.heard("SIP/2.0 486")).isNotEmpty();
        platform.invite(OWNED, OTHER, "");
        alpha.answer(alpha.heard("INVITE sip:+" + OTHER), "486 Busy Here", "");
        assertThat(platform.heard("SIP/2.0 486")).isNotEmpty();

        final Path file = directory.resolve("call.pcap");
        assertThat(trace(unit, file)).as(said::toString).isZero();
        final String octets = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(octets)
                .startsWith("\u00a1\u00b2<M")
                .contains("INVITE sip:+" + NUMBER + "@" + rig.us())
                .contains("INVITE sip:+" + NUMBER + "@" + GatewayRig.ALPHA)
                .contains("SIP/2.0 486 Busy Here")
                .doesNotContain(OTHER);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(said.toString()).contains("messages written to");
    }

    @Test
    void withoutCaptureTheFileIsRefusedWithAWayOut() throws Exception {
        rig.routes("*,call,alpha\n").start();
        platform.invite(OWNED, NUMBER, "");
        alpha.heard("INVITE");
        final Path file = directory.resolve("call.pcap");
        assertThat(trace(openCall(), file)).isEqualTo(4);
        assertThat(said.toString()).contains("sip.capture");
        assertThat(file).doesNotExist();
    }

    @Test
    void noMoreIsKeptThanTheConfigurationAllows() throws Exception {
        final CapturedCalls calls = new CapturedCalls(64 * 1024, () -> 1_000_000_000L);
        final InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5060);
        for (long unit = 1; unit <= 10_000; unit++) {
            calls.leg(unit, "call-" + unit);
            final byte[] message =
                    ("OPTIONS sip:x@y SIP/2.0\r\nVia: SIP/2.0/UDP a;branch=z9hG4bKx\r\nFrom: <sip:a@b>;tag=1\r\n"
                                    + "To: <sip:x@y>\r\nCall-ID: call-" + unit + "\r\nCSeq: 1 OPTIONS\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII);
            calls.ring()
                    .onMessage(true, TransportProtocol.UDP, here, here, new UnsafeBuffer(message), 0, message.length);
        }
        assertThat(calls.of(1)).isEmpty();
        assertThat(calls.ring().size()).isLessThan(1_000);
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(calls.of(10_000).orElseThrow().write(out)).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.ISO_8859_1))
                .contains("call-10000")
                .doesNotContain("call-9999");
    }
}

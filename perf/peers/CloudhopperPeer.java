import com.cloudhopper.commons.charset.CharsetUtil;
import com.cloudhopper.smpp.PduAsyncResponse;
import com.cloudhopper.smpp.SmppBindType;
import com.cloudhopper.smpp.SmppServerConfiguration;
import com.cloudhopper.smpp.SmppServerHandler;
import com.cloudhopper.smpp.SmppServerSession;
import com.cloudhopper.smpp.SmppSession;
import com.cloudhopper.smpp.SmppSessionConfiguration;
import com.cloudhopper.smpp.impl.DefaultSmppClient;
import com.cloudhopper.smpp.impl.DefaultSmppServer;
import com.cloudhopper.smpp.impl.DefaultSmppSessionHandler;
import com.cloudhopper.smpp.pdu.BaseBind;
import com.cloudhopper.smpp.pdu.BaseBindResp;
import com.cloudhopper.smpp.pdu.PduRequest;
import com.cloudhopper.smpp.pdu.PduResponse;
import com.cloudhopper.smpp.pdu.SubmitSm;
import com.cloudhopper.smpp.type.Address;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/**
 * cloudhopper at both ends of a connection, run from source against its jar:
 * {@code server PORT}, or {@code client PORT SESSIONS WINDOW WARMUP_S SECONDS}, which prints the answers per second.
 */
public final class CloudhopperPeer {
    public static void main(final String[] args) throws Exception {
        final int port = Integer.parseInt(args[1]);
        if ("server".equals(args[0])) {
            serve(port);
        } else {
            load(
                    port,
                    Integer.parseInt(args[2]),
                    Integer.parseInt(args[3]),
                    Long.parseLong(args[4]),
                    Long.parseLong(args[5]));
        }
    }

    private static void serve(final int port) throws Exception {
        final SmppServerConfiguration config = new SmppServerConfiguration();
        config.setPort(port);
        config.setDefaultWindowSize(10_000);
        config.setDefaultSessionCountersEnabled(false);
        config.setNonBlockingSocketsEnabled(true);
        final SmppServerHandler handler = new SmppServerHandler() {
            @Override
            public void sessionBindRequested(final Long id, final SmppSessionConfiguration session, final BaseBind bind) {}

            @Override
            public void sessionCreated(final Long id, final SmppServerSession session, final BaseBindResp response) {
                session.serverReady(new DefaultSmppSessionHandler() {
                    @Override
                    public PduResponse firePduRequestReceived(final PduRequest request) {
                        return request.createResponse();
                    }
                });
            }

            @Override
            public void sessionDestroyed(final Long id, final SmppServerSession session) {}
        };
        new DefaultSmppServer(config, handler, Executors.newCachedThreadPool()).start();
        System.out.println("listening");
        Thread.currentThread().join();
    }

    private static void load(
            final int port, final int sessions, final int window, final long warmup, final long seconds)
            throws Exception {
        final LongAdder answers = new LongAdder();
        final DefaultSmppClient client = new DefaultSmppClient(Executors.newCachedThreadPool(), sessions);
        for (int i = 0; i < sessions; i++) {
            final SmppSessionConfiguration config = new SmppSessionConfiguration();
            config.setType(SmppBindType.TRANSCEIVER);
            config.setHost("127.0.0.1");
            config.setPort(port);
            config.setSystemId("peer");
            config.setPassword("peer");
            config.setWindowSize(window);
            config.setWindowWaitTimeout(60_000);
            config.getLoggingOptions().setLogPdu(false);
            final SmppSession session = client.bind(config, new DefaultSmppSessionHandler() {
                @Override
                public void fireExpectedPduResponseReceived(final PduAsyncResponse response) {
                    answers.increment();
                }
            });
            final int first = i;
            final Thread sender = new Thread(() -> send(session, first), "sender-" + i);
            sender.setDaemon(true);
            sender.start();
        }
        Thread.sleep(warmup * 1000);
        final long before = answers.sum();
        final long start = System.nanoTime();
        Thread.sleep(seconds * 1000);
        System.out.println("rate " + (answers.sum() - before) / ((System.nanoTime() - start) / 1e9));
        System.exit(0);
    }

    private static void send(final SmppSession session, final int first) {
        try {
            for (long i = first; ; i++) {
                final SubmitSm submit = new SubmitSm();
                submit.setSourceAddress(new Address((byte) 1, (byte) 1, "12025550100"));
                submit.setDestAddress(new Address((byte) 1, (byte) 1, "49151" + (1_000_000 + i % 1_000_000)));
                submit.setRegisteredDelivery((byte) 1);
                submit.setShortMessage(CharsetUtil.encode(TEXT.substring(0, 40 + (int) (i % 101)), CharsetUtil.CHARSET_GSM));
                session.sendRequestPdu(submit, 60_000, false);
            }
        } catch (final Exception e) {
            System.err.println(e);
        }
    }

    private static final String TEXT =
            "Your parcel is on its way and will be with you between ten and noon; reply STOP to hear no more of it, or"
                    + " HELP for help with this service, at any time.";
}

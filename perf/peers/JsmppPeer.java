import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;
import org.jsmpp.bean.*;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.*;
import org.jsmpp.util.MessageIDGenerator;
import org.jsmpp.util.RandomMessageIDGenerator;

/**
 * jSMPP at both ends of a connection, run from source against its jar: {@code server PORT}, or
 * {@code client PORT SESSIONS WINDOW WARMUP_S SECONDS}, which prints the answers per second. Its submit waits for the
 * answer, so a window is as many threads.
 */
public final class JsmppPeer {
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
        final SMPPServerSessionListener listener = new SMPPServerSessionListener(port);
        listener.setMessageReceiverListener(new Receiver());
        System.out.println("listening");
        while (true) {
            final SMPPServerSession session = listener.accept();
            final Thread bind = new Thread(() -> {
                try {
                    session.waitForBind(5_000).accept("peer");
                } catch (final Exception e) {
                    System.err.println(e);
                }
            });
            bind.start();
        }
    }

    private static final class Receiver implements ServerMessageReceiverListener {
        private final MessageIDGenerator ids = new RandomMessageIDGenerator();

        @Override
        public SubmitSmResult onAcceptSubmitSm(final SubmitSm submit, final SMPPServerSession source) {
            return new SubmitSmResult(ids.newMessageId(), new OptionalParameter[0]);
        }

        @Override
        public SubmitMultiResult onAcceptSubmitMulti(final SubmitMulti submit, final SMPPServerSession source)
                throws ProcessRequestException {
            throw new ProcessRequestException("no", 3);
        }

        @Override
        public QuerySmResult onAcceptQuerySm(final QuerySm query, final SMPPServerSession source)
                throws ProcessRequestException {
            throw new ProcessRequestException("no", 3);
        }

        @Override
        public void onAcceptReplaceSm(final ReplaceSm replace, final SMPPServerSession source) {}

        @Override
        public void onAcceptCancelSm(final CancelSm cancel, final SMPPServerSession source) {}

        @Override
        public BroadcastSmResult onAcceptBroadcastSm(final BroadcastSm broadcast, final SMPPServerSession source)
                throws ProcessRequestException {
            throw new ProcessRequestException("no", 3);
        }

        @Override
        public void onAcceptCancelBroadcastSm(final CancelBroadcastSm cancel, final SMPPServerSession source) {}

        @Override
        public QueryBroadcastSmResult onAcceptQueryBroadcastSm(
                final QueryBroadcastSm query, final SMPPServerSession source) throws ProcessRequestException {
            throw new ProcessRequestException("no", 3);
        }

        @Override
        public DataSmResult onAcceptDataSm(final DataSm data, final Session source) throws ProcessRequestException {
            throw new ProcessRequestException("no", 3);
        }
    }

    private static void load(
            final int port, final int sessions, final int window, final long warmup, final long seconds)
            throws Exception {
        final LongAdder answers = new LongAdder();
        for (int i = 0; i < sessions; i++) {
            final SMPPSession session = new SMPPSession();
            session.setTransactionTimer(60_000);
            session.connectAndBind(
                    "127.0.0.1",
                    port,
                    new BindParameter(
                            BindType.BIND_TRX,
                            "peer",
                            "peer",
                            "",
                            TypeOfNumber.UNKNOWN,
                            NumberingPlanIndicator.UNKNOWN,
                            null));
            for (int w = 0; w < window; w++) {
                final int first = i * window + w;
                final Thread sender = new Thread(() -> send(session, first, answers), "sender-" + first);
                sender.setDaemon(true);
                sender.start();
            }
        }
        Thread.sleep(warmup * 1000);
        final long before = answers.sum();
        final long start = System.nanoTime();
        Thread.sleep(seconds * 1000);
        System.out.println("rate " + (answers.sum() - before) / ((System.nanoTime() - start) / 1e9));
        System.exit(0);
    }

    private static void send(final SMPPSession session, final int first, final LongAdder answers) {
        try {
            for (long i = first; ; i++) {
                session.submitShortMessage(
                        "",
                        TypeOfNumber.INTERNATIONAL,
                        NumberingPlanIndicator.ISDN,
                        "12025550100",
                        TypeOfNumber.INTERNATIONAL,
                        NumberingPlanIndicator.ISDN,
                        "49151" + (1_000_000 + i % 1_000_000),
                        new ESMClass(),
                        (byte) 0,
                        (byte) 0,
                        null,
                        null,
                        new RegisteredDelivery(1),
                        (byte) 0,
                        new GeneralDataCoding(Alphabet.ALPHA_DEFAULT),
                        (byte) 0,
                        TEXT.substring(0, 40 + (int) (i % 101)).getBytes(StandardCharsets.ISO_8859_1));
                answers.increment();
            }
        } catch (final Exception e) {
            System.err.println(e);
        }
    }

    private static final String TEXT =
            "Your parcel is on its way and will be with you between ten and noon; reply STOP to hear no more of it, or"
                    + " HELP for help with this service, at any time.";
}

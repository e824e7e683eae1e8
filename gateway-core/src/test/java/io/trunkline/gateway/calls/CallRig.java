package io.trunkline.gateway.calls;

import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.engine.CheckpointSource;
import io.trunkline.gateway.engine.Engine;
import io.trunkline.gateway.engine.EngineContext;
import io.trunkline.gateway.engine.EngineLimits;
import io.trunkline.gateway.engine.EngineRecovery;
import io.trunkline.gateway.engine.simulation.FixedRouter;
import io.trunkline.gateway.events.CallEvent;
import io.trunkline.gateway.events.EventSink;
import io.trunkline.gateway.events.EventStreamLimits;
import io.trunkline.gateway.events.EventStreams;
import io.trunkline.gateway.events.InboundEvent;
import io.trunkline.gateway.events.StatusEvent;
import io.trunkline.gateway.events.Subscription;
import io.trunkline.gateway.events.TenantStreams;
import io.trunkline.gateway.journal.InMemoryJournal;
import io.trunkline.gateway.journal.InlineFetcher;
import io.trunkline.gateway.journal.RecordView;
import io.trunkline.gateway.journal.codec.StartedEncoder;
import io.trunkline.sip.call.CallOutcome;
import io.trunkline.sip.call.EndReason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The ledger with what the daemon gives it: engine, streams, and a journal that dies as the test says. */
public final class CallRig {
    public static final int ACME = 1;
    public static final int OTHER = 2;

    private static final EngineLimits LIMITS =
            new EngineLimits(1_000, 1 << 20, 10, 10_000, 3_600_000, 1_000, 10_000, 100, 5_000, 300);

    public InMemoryJournal journal;
    public Engine engine;
    public TenantStreams streams;
    public CallLedger ledger;
    public CallRecovery recovery;
    public long wallMs = 1_795_000_000_000L;
    /** The clock of durations: another origin in every run. */
    public long clockMs = 5_000;

    public CallRig(final Durability durability) {
        journal = new InMemoryJournal(durability);
        build();
        begin();
    }

    private void build() {
        journal.wallTimeNs(wallMs * 1_000_000);
        streams = new TenantStreams(journal, new InlineFetcher(journal.newSource()), EventStreamLimits.DEFAULT);
        engine = new Engine(new EngineContext(
                0,
                LIMITS,
                journal,
                streams,
                new FixedRouter(question -> new int[] {}, 0),
                (unitId, sequence) -> true,
                clockMs * 1_000_000,
                wallMs));
        ledger = new CallLedger(
                new CallLedger.Context(journal, streams, engine.references(), engine::newUnitId, () -> wallMs));
        recovery = ledger.recovery();
    }

    /** Reads the journal, and begins a run: its first record, then the ends of the calls that the last one lost. */
    private void begin() {
        final EngineRecovery engineRecovery = engine.recovery();
        journal.recover(true, record -> {
            engineRecovery.onRecord(record);
            recovery.onRecord(record);
            streams.recover(record);
        });
        journal.start();
        final StartedEncoder started = new StartedEncoder();
        final int offset = journal.begin(StartedEncoder.TEMPLATE_ID, 0, 64);
        started.wrap(journal.buffer(), offset)
                .processId(1)
                .durability((short) 1)
                .putRelease(new byte[0], 0, 0);
        journal.commit(started.encodedLength());
        engineRecovery.resume();
    }

    /** The next process: it finds what is durable, and of the rest the first {@code survivors} records. */
    public void crash(final int survivors, final long downMs) {
        journal = journal.crash(survivors);
        pass(downMs);
        clockMs = 1_000 + wallMs % 977;
        build();
        begin();
    }

    public void pass(final long ms) {
        wallMs += ms;
        clockMs += ms;
        journal.wallTimeNs(wallMs * 1_000_000);
        engine.time(clockMs * 1_000_000, wallMs);
    }

    public void cycle() {
        ledger.doWork();
        engine.doWork();
        streams.doWork(clockMs * 1_000_000);
        journal.publish();
    }

    public void force() {
        journal.publish();
        journal.force();
    }

    public void checkpoint() {
        engine.checkpoint(
                1,
                new CheckpointSource() {
                    @Override
                    public void writeNames() {
                        // No record here needs one.
                    }

                    @Override
                    public boolean writeCallsAndCursors(final boolean first) {
                        final boolean calls = ledger.writeSnapshots(first, 2);
                        return streams.writeSnapshots(first, 16) && calls;
                    }
                },
                journal::checkpointCompleted);
    }

    public static CallStart start(final int tenant, final CallDirection direction, final long reference) {
        final CallStart start = new CallStart();
        start.tenant = tenant;
        start.direction = direction;
        start.origin = reference == 0 ? CallStart.ORIGIN_SIP : CallStart.ORIGIN_BINARY;
        start.referenceLo = reference;
        start.contentHash = 31 * reference;
        start.tableVersion = 7;
        start.from = "+4915112345";
        start.to = "306912345678";
        start.asserted = "<sip:+4915112345@acme.example>";
        start.callId = reference == 0 ? "a84b4c76e66710@pc33.acme.example" : "";
        return start;
    }

    public static CallTry target(final int carrier) {
        return new CallTry(carrier, 10 * carrier, 3, 0, "sip:306912345678@carrier" + carrier + ".example", null);
    }

    public CallEnd end(final EndReason reason, final CallOutcome outcome, final int status, final int cause) {
        return new CallEnd(reason, outcome, status, cause, clockMs);
    }

    public CallEnd hungUp() {
        return end(EndReason.CALLER_HUNG_UP, CallOutcome.COMPLETED, 200, 16);
    }

    /** All records that can be read. */
    public void read(final Consumer<RecordView> reader) {
        journal.newSource().read(1, Integer.MAX_VALUE, reader::accept);
    }

    /** What a subscription of a tenant's has been told, from its beginning: one line an event. */
    public List<String> told(final int tenant, final String name) {
        final Told sink = new Told();
        final Subscription subscription = streams.subscribe(tenant, name, EventStreams.FROM_STORED_CURSOR, sink);
        for (int i = 0; i < 100 && sink.last < streams.lastSequence(tenant); i++) {
            streams.doWork(clockMs * 1_000_000);
        }
        subscription.detach();
        return sink.lines;
    }

    private static final class Told implements EventSink {
        private final List<String> lines = new ArrayList<>();
        private long last;

        @Override
        public boolean onCall(final CallEvent event) {
            last = event.sequence;
            lines.add(event.sequence + " " + event.unitId + " "
                    + CallUnitState.of(event.state).word() + " " + event.errorCode + " " + event.status + " "
                    + event.cause + " " + event.pddMs + " " + event.setupMs + " " + event.talkMs
                    + (event.fromLength == 0 ? "" : " " + text(event, event.fromOffset, event.fromLength))
                    + (event.toLength == 0 ? "" : " " + text(event, event.toOffset, event.toLength)));
            return true;
        }

        private static String text(final CallEvent event, final int offset, final int length) {
            return event.buffer.getStringWithoutLengthAscii(offset, length);
        }

        @Override
        public boolean onStatus(final StatusEvent event) {
            throw new AssertionError("there are no messages here");
        }

        @Override
        public boolean onInbound(final InboundEvent event) {
            throw new AssertionError("there are no messages here");
        }

        @Override
        public void onSuperseded() {
            throw new AssertionError("nobody takes over");
        }
    }
}

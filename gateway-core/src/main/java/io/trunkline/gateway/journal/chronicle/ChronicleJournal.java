package io.trunkline.gateway.journal.chronicle;

import io.trunkline.gateway.config.JournalSettings;
import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.journal.CheckpointNames;
import io.trunkline.gateway.journal.Damage;
import io.trunkline.gateway.journal.JournalException;
import io.trunkline.gateway.journal.JournalStatus;
import io.trunkline.gateway.journal.JournalStatus.Condition;
import io.trunkline.gateway.journal.JournalStore;
import io.trunkline.gateway.journal.ProcessLock;
import io.trunkline.gateway.journal.RecordFrame;
import io.trunkline.gateway.journal.RecordHandler;
import io.trunkline.gateway.journal.RecordSource;
import io.trunkline.gateway.journal.RecordStaging;
import io.trunkline.gateway.journal.RecoveryReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import net.openhft.chronicle.bytes.BytesStore;
import org.agrona.MutableDirectBuffer;

/**
 * The journal of one shard on disk. Records are staged in memory and appended as one excerpt per {@link #publish()}.
 * Every start begins a new run in a directory of its own, so that nothing is ever appended to a file that a crash may
 * have torn.
 *
 * <pre>
 *   shard-0/
 *     journal.lock                    one daemon at a time
 *     journal.mark                    how far the shard and the disk have come ({@link JournalMark})
 *     journal.state                   checkpoints, oldest record, known gaps ({@link JournalState})
 *     run-000012/
 *       20261121-0800V.cq4            records, as Chronicle excerpts
 *       20261121-0800V.manifest       what they are, once the file is closed ({@link Manifest})
 *       metadata.cq4t                 Chronicle's own
 * </pre>
 */
public final class ChronicleJournal implements JournalStore {
    private static final long NANOS_PER_MILLI = 1_000_000L;
    /** This part of the reserve is for what is under way alone: answers, and the ends that they bring. */
    private static final int RESERVE_FOR_ANSWERS = 2;

    private static final String CHRONICLE_METADATA = "metadata.cq4t";

    private final JournalContext context;
    private final ProcessLock lock;
    private final RecordStaging staging;
    private final BytesStore<?, ByteBuffer> staged;
    private final AtomicReference<JournalException> failure = new AtomicReference<>();

    private Recovery recovery;
    private RecoveryReport report;
    private JournalMark mark;
    private CycleWriter writer;
    private CycleList cycles = new CycleList(List.of());
    private Forcer forcer;
    private Keeper keeper;
    private Prefaulter prefaulter;
    private Path runDirectory;
    private long run;

    private volatile OpenCycle current;
    private volatile long published;
    private volatile long wallTimeNs;
    private volatile long cycleBegunNs;
    private volatile boolean keeperAsked;
    private boolean closed;

    private ChronicleJournal(final JournalContext context, final ProcessLock lock) {
        this.context = context;
        this.lock = lock;
        this.staging = new RecordStaging(context.shard());
        this.staged = CycleWriter.wrap(staging.bytes());
    }

    /**
     * Opens the journal of a shard and locks it.
     *
     * @param directory of this shard's journal; made where it does not exist
     * @param wakeUp makes the shard look at {@link #durable()}; called by the forcing thread
     * @param onFailure told once that the journal has failed for good, by any thread
     * @param onDamage told of damaged places met while reading, by the thread that reads
     * @throws JournalException where another process has it, or the directory cannot be used
     */
    public static ChronicleJournal open(
            final Path directory,
            final int shard,
            final JournalSettings settings,
            final Runnable wakeUp,
            final Consumer<JournalException> onFailure,
            final Consumer<Damage> onDamage) {
        return open(JournalContext.of(directory, shard, settings, wakeUp, onFailure, onDamage));
    }

    static ChronicleJournal open(final JournalContext context) {
        try {
            Files.createDirectories(context.directory());
            return new ChronicleJournal(context, context.lock());
        } catch (final IOException e) {
            throw new JournalException("cannot use " + context.directory() + " for the journal: " + e, e);
        }
    }

    @Override
    public RecoveryReport recover(final boolean fromLastCheckpoint, final RecordHandler handler) {
        if (report != null) {
            throw new IllegalStateException("recovered already");
        }
        try {
            recovery = Recovery.load(context.directory());
            report = ReadAhead.read(ahead -> recovery.replay(fromLastCheckpoint, ahead), handler);
            return report;
        } catch (final IOException e) {
            throw new JournalException("the journal " + context.directory() + " cannot be read: " + e, e);
        }
    }

    @Override
    public void start() {
        if (report == null || writer != null) {
            throw new IllegalStateException(report == null ? "not recovered" : "started already");
        }
        final RunOpening opening = new RunOpening(context, recovery, report);
        try {
            final JournalState state = opening.sealEarlierRuns();
            final long before = report.nextSequence() - 1;
            staging.startAfter(before);
            published = before;
            wallTimeNs = context.wallClockNs().getAsLong();
            run = recovery.catalogue().lastRun() + 1;
            runDirectory = opening.makeRun(run);
            mark = JournalMark.open(context.directory(), before, context.storage());
            writer = new CycleWriter(runDirectory, wallMillis(), context.blockBytes());
            opening.allocateAll(runDirectory.resolve(CHRONICLE_METADATA));
            final OpenCycle first = prepare(writer.cycle());
            cycles = new CycleList(opening.readable());
            beginCycle(first);
            startThreads(state, first, before);
            recovery = null;
        } catch (final IOException e) {
            throw new JournalException("the journal " + context.directory() + " cannot be started: " + e, e);
        }
    }

    private void startThreads(final JournalState state, final OpenCycle first, final long before) {
        keeper = new Keeper(this, context, cycles, state, this::durable);
        if (context.durability() == Durability.DISK) {
            forcer = new Forcer(context, mark, first, before, keeper::close, this::fail);
            forcer.start();
        }
        keeper.start();
        prefaulter = new Prefaulter(context.shard(), context.durability());
        prefaulter.start();
    }

    /** Makes a cycle file ready: there, empty, with space in it, known to the disk. */
    OpenCycle prepare(final long cycle) throws IOException {
        final Path path = writer.fileOf(cycle);
        final Storage.Handle handle = context.storage().open(path);
        final OpenCycle ready = new OpenCycle(cycle, new CycleFile(path), handle);
        try {
            ready.allocateTo(context.reserveBytes() + context.allocateAheadBytes() + CycleWriter.OWN_BYTES);
            handle.force();
            context.storage().forceDirectory(runDirectory);
            return ready;
        } catch (final IOException e) {
            handle.close();
            Files.deleteIfExists(path);
            throw e;
        }
    }

    private void beginCycle(final OpenCycle cycle) {
        cycles.add(cycle.file());
        cycleBegunNs = wallTimeNs;
        current = cycle;
    }

    @Override
    public MutableDirectBuffer buffer() {
        return staging.buffer();
    }

    @Override
    public int begin(final int templateId, final long unitId, final int maxLength) {
        if (maxLength < 0 || maxLength > RecordFrame.MAX_BLOCK_LENGTH) {
            throw new IllegalArgumentException(
                    "a record of " + maxLength + " bytes; the longest is " + RecordFrame.MAX_BLOCK_LENGTH);
        }
        if (!staging.fits(maxLength)) {
            publish();
            if (!staging.fits(maxLength)) {
                throw fail(
                        failure.get() == null
                                ? new JournalException("the journal's disk is full and its reserve is used up")
                                : failure.get());
            }
        }
        return staging.begin(templateId, unitId, maxLength, wallTimeNs);
    }

    @Override
    public long commit(final int length) {
        final long sequence = staging.commit(length);
        if (staging.full()) {
            publish();
        }
        return sequence;
    }

    @Override
    public long committed() {
        return staging.last();
    }

    @Override
    public void publish() {
        final int bytes = staging.length();
        if (bytes == 0 || failure.get() != null || !room(bytes)) {
            return;
        }
        try {
            append(bytes);
        } catch (final RuntimeException | InternalError e) {
            fail(new JournalException(
                    "record " + (published + 1) + " could not be appended to "
                            + current.file().label() + ": " + e,
                    e));
        }
    }

    private void append(final int bytes) {
        final OpenCycle before = current;
        final OpenCycle next = rollIsDue() ? keeper.next() : null;
        final OpenCycle target = next == null ? before : next;
        if (next != null) {
            writer.rollTo(next.cycle());
        }
        final long offset = writer.append(staged, bytes);
        if (next != null) {
            roll(before, next);
        }
        target.file().excerpt(published + 1, offset);
        target.file().records(staging.buffer(), bytes);
        final long last = staging.last();
        final long end = offset + CycleWriter.HEADER_LENGTH + bytes;
        target.file().advance(last, end);
        prefaulter.written(writer.mapped(), end, target.allocatedEnd());
        staging.clear();
        mark.published(last);
        published = last;
        if (forcer == null) {
            mark.durable(last);
        } else {
            forcer.published(last, bytes);
        }
        if (!keeperAsked && (spaceIsShort() || (keeper.next() == null && rollIsNear()))) {
            keeperAsked = true;
            keeper.wakeUp();
        }
    }

    private boolean spaceIsShort() {
        return headroom() < context.reserveBytes() + context.allocateAheadBytes() / 2;
    }

    /** The keeper has done what it was asked for, and may be asked again. */
    void keeperAnswered() {
        keeperAsked = false;
    }

    private void roll(final OpenCycle before, final OpenCycle next) {
        beginCycle(next);
        keeper.nextTaken();
        if (forcer == null) {
            keeper.close(before);
        } else {
            forcer.rolled(before, next);
        }
    }

    private boolean rollIsDue() {
        return current.file().endOffset() >= context.cycleBytes()
                || (!current.file().empty() && wallTimeNs - cycleBegunNs >= context.cycleNs());
    }

    /** Whether the next file should be made ready. Called by the keeper. */
    boolean rollIsNear() {
        return current.file().endOffset() >= context.cycleBytes() / 2
                || (!current.file().empty() && wallTimeNs - cycleBegunNs >= context.cycleNs() / 2);
    }

    /** Whether an append finds its space allocated; where not, tries once to get it. */
    private boolean room(final int bytes) {
        if (headroom() >= bytes) {
            return true;
        }
        try {
            current.makeRoom(bytes);
            return true;
        } catch (final IOException e) {
            keeper.low(e.getMessage());
            return false;
        }
    }

    @Override
    public long headroom() {
        return current.headroom();
    }

    @Override
    public long durable() {
        return forcer == null ? published : forcer.durable();
    }

    @Override
    public boolean accepting() {
        return failure.get() == null && keeper != null && keeper.low().isEmpty();
    }

    @Override
    public boolean exhausted() {
        return headroom() - staging.length() < context.reserveBytes() / RESERVE_FOR_ANSWERS
                && keeper != null
                && !keeper.low().isEmpty();
    }

    @Override
    public void wallTimeNs(final long now) {
        wallTimeNs = now;
    }

    long wallMillis() {
        return wallTimeNs / NANOS_PER_MILLI;
    }

    OpenCycle current() {
        return current;
    }

    /** The first failure is final. */
    JournalException fail(final JournalException cause) {
        if (failure.compareAndSet(null, cause)) {
            context.onFailure().accept(cause);
            context.wakeUp().run();
        }
        return cause;
    }

    @Override
    public RecordSource newSource() {
        return new CycleSource(cycles, () -> published, context.onDamage());
    }

    @Override
    public void readNames(final RecordHandler handler) {
        final JournalState.Checkpoint newest = keeper.newestCheckpoint();
        if (newest != null) {
            try (RecordSource source = newSource()) {
                new CheckpointNames(newest.begin(), handler).read(source, newest.end());
            }
        }
    }

    @Override
    public void checkpointCompleted(final long beginSequence) {
        keeper.checkpoint(new JournalState.Checkpoint(beginSequence, staging.last()));
    }

    @Override
    public void retain(final long floorSequence, final Duration keep) {
        keeper.retain(floorSequence, keep);
    }

    @Override
    public JournalStatus status() {
        final JournalException failed = failure.get();
        final String low = keeper == null ? "not started" : keeper.low();
        final Condition condition =
                failed != null ? Condition.FAILED : low.isEmpty() ? Condition.OK : Condition.STORAGE_LOW;
        return new JournalStatus(
                condition,
                failed == null ? low : failed.getMessage(),
                context.durability(),
                run,
                published,
                durable(),
                cycles.oldest(published + 1),
                cycles.files().length,
                cycles.bytes(),
                current == null ? 0 : headroom(),
                context.freeBytes(),
                forcer == null ? 0 : forcer.forces());
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (keeper != null) {
                closeRun();
            } else {
                closeHalfStarted();
            }
            lock.close();
        } catch (final IOException e) {
            throw fail(new JournalException("the journal could not be closed in good order: " + e, e));
        }
    }

    private void closeHalfStarted() throws IOException {
        if (writer != null) {
            writer.close();
        }
        if (mark != null) {
            mark.close();
        }
    }

    private void closeRun() throws IOException {
        publish();
        if (forcer != null) {
            forcer.stop();
        }
        keeper.stop();
        prefaulter.close();
        final OpenCycle last = current;
        writer.close();
        if (failure.get() != null) {
            last.handle().close();
        } else if (last.file().empty()) {
            last.handle().close();
            Files.deleteIfExists(last.file().path());
        } else {
            Keeper.closeLast(last, context);
        }
        mark.close();
    }
}

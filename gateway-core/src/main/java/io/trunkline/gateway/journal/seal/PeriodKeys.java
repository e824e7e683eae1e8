package io.trunkline.gateway.journal.seal;

import io.trunkline.gateway.journal.JournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Keys that the bodies of a period of time are enciphered with. Given up one by one when their time has come, all bodies of the period
 * are unreadable from then on. Readers and the shard look into a table that is replaced, never changed; files are touched by
 * {@link #keep} alone, on a thread that may wait.
 */
public final class PeriodKeys implements AutoCloseable {
    /** Of the file, beside the runs of a shard's journal. */
    public static final String FILE_NAME = "body.periods";

    /** In place of a period: the body is as it came. */
    public static final int NONE = 0;

    private final PeriodFile file;
    private final MasterKeys masters;
    private final Settings settings;
    private final SecureRandom random = new SecureRandom();
    private final List<PeriodFile.Entry> entries = new ArrayList<>();
    private volatile Table table = new Table(List.of());

    /**
     * What is wanted.
     *
     * @param enciphers whether new bodies are enciphered; else those of earlier runs are deciphered only
     * @param periodMs how long bodies share a key
     * @param keepMs how long after its end a period's key is kept; {@code Long.MAX_VALUE}: for ever
     */
    public record Settings(boolean enciphers, long periodMs, long keepMs) {}

    private record Period(int number, long fromMs, long untilMs, UnsafeBuffer key) {}

    /** Ascending. */
    private record Table(List<Period> periods) {
        UnsafeBuffer key(final int number) {
            for (int i = periods.size() - 1; i >= 0; i--) {
                if (periods.get(i).number == number) {
                    return periods.get(i).key;
                }
            }
            return null;
        }

        /** When the newest ends; {@code otherwise} where there is none. */
        long untilMs(final long otherwise) {
            return periods.isEmpty() ? otherwise : periods.get(periods.size() - 1).untilMs;
        }

        Period at(final long nowMs) {
            for (int i = periods.size() - 1; i > 0; i--) {
                if (periods.get(i).fromMs <= nowMs) {
                    return periods.get(i);
                }
            }
            return periods.isEmpty() ? null : periods.get(0);
        }
    }

    private PeriodKeys(final PeriodFile file, final MasterKeys masters, final Settings settings) {
        this.file = file;
        this.masters = masters;
        this.settings = settings;
    }

    /** Nothing is enciphered, and nothing ever was. */
    public static PeriodKeys none() {
        return new PeriodKeys(null, MasterKeys.NONE, new Settings(false, Long.MAX_VALUE, Long.MAX_VALUE));
    }

    /**
     * Opens the keys, and makes the first where there is none for this time. What lies under another master key than the one in use
     * is put under that.
     *
     * @param path of the file; made where it is not there and bodies are to be enciphered
     * @throws JournalException where a master key is missing, or is not the one that it was
     */
    public static PeriodKeys open(
            final Path path, final MasterKeys masters, final Settings settings, final long nowMs) {
        if (!settings.enciphers && !Files.exists(path)) {
            return none();
        }
        final PeriodKeys keys = new PeriodKeys(PeriodFile.open(path), masters, settings);
        try {
            keys.load();
            keys.prepare(nowMs, false);
        } catch (final IOException e) {
            throw new JournalException("the keys of bodies cannot be used: " + path + ": " + e, e);
        }
        return keys;
    }

    /**
     * The keys that can be read without a master key, for programs that look at a journal and change nothing.
     *
     * @param path of the file, which need not be there
     */
    public static PeriodKeys look(final Path path) {
        if (!Files.exists(path)) {
            return none();
        }
        try (PeriodFile file = PeriodFile.look(path)) {
            final PeriodKeys keys = none();
            final List<Period> open = new ArrayList<>();
            for (final PeriodFile.Entry entry : sorted(file)) {
                if (entry.masterId() == MasterKeys.NO_ID) {
                    final byte[] key = MasterKeys.NONE.unwrap(entry.wrapped(), 0, entry.nonce(), entry.number());
                    open.add(new Period(entry.number(), entry.fromMs(), entry.untilMs(), new UnsafeBuffer(key)));
                } else {
                    keys.entries.add(entry);
                }
            }
            keys.table = new Table(List.copyOf(open));
            return keys;
        } catch (final IOException e) {
            throw new JournalException("the keys of bodies cannot be read: " + path + ": " + e, e);
        }
    }

    /** Whether a period's key is there, and lies under a master key that is not at hand. */
    public boolean locked(final int number) {
        return file == null && entries.stream().anyMatch(entry -> entry.number() == number);
    }

    private static List<PeriodFile.Entry> sorted(final PeriodFile file) throws IOException {
        final List<PeriodFile.Entry> found = file.entries();
        found.sort(Comparator.comparingInt(PeriodFile.Entry::number));
        return found;
    }

    private void load() throws IOException {
        final List<Period> periods = new ArrayList<>();
        for (final PeriodFile.Entry entry : sorted(file)) {
            final byte[] key = masters.unwrap(entry.wrapped(), entry.masterId(), entry.nonce(), entry.number());
            entries.add(entry.masterId() == masters.current() ? entry : wrapped(entry, key));
            periods.add(new Period(entry.number(), entry.fromMs(), entry.untilMs(), new UnsafeBuffer(key)));
        }
        table = new Table(List.copyOf(periods));
    }

    /** The same under the master key in use. */
    private PeriodFile.Entry wrapped(final PeriodFile.Entry entry, final byte[] key) throws IOException {
        final byte[] nonce = masters.newNonce();
        final PeriodFile.Entry renewed = new PeriodFile.Entry(
                entry.slot(),
                entry.number(),
                masters.current(),
                entry.fromMs(),
                entry.untilMs(),
                nonce,
                masters.wrap(key, nonce, entry.number()));
        file.write(renewed);
        return renewed;
    }

    /** What a thread deciphers with; the shard enciphers, too. */
    public PeriodCipher cipher() {
        return new PeriodCipher(this, random.nextLong());
    }

    /**
     * Makes the next key ahead of its time, and gives up those whose time has come: that needs no room on the disk, and is not put off
     * where there is none for the next. Now and then, on a thread that may wait for the disk.
     *
     * @param neededMs bodies from this wall time on are still needed, ms
     * @return keys given up
     * @throws IOException where not all of this could be done; the next call tries again
     */
    public synchronized int keep(final long nowMs, final long neededMs) throws IOException {
        if (file == null) {
            return 0;
        }
        IOException failed = null;
        try {
            prepare(nowMs, true);
        } catch (final IOException e) {
            failed = e;
        }
        int given = 0;
        // Never the newest: the shard may be using it.
        for (int i = table.periods.size() - 2; i >= 0; i--) {
            if (over(table.periods.get(i), nowMs, neededMs)) {
                file.free(entries.get(i).slot());
                entries.remove(i);
                final List<Period> fewer = new ArrayList<>(table.periods);
                fewer.remove(i);
                table = new Table(List.copyOf(fewer));
                given++;
            }
        }
        if (failed != null) {
            throw failed;
        }
        return given;
    }

    private boolean over(final Period period, final long nowMs, final long neededMs) {
        return settings.keepMs != Long.MAX_VALUE
                && nowMs - settings.keepMs >= period.untilMs
                && period.untilMs <= neededMs;
    }

    /** @param used whether the newest key may have been used until now */
    private synchronized void prepare(final long nowMs, final boolean used) throws IOException {
        final long end = table.untilMs(nowMs);
        // Nobody plans so far ahead: the clock was, or is now behind, and bodies of now have a key of now.
        final boolean otherClock = end > nowMs + 2 * settings.periodMs;
        if (!settings.enciphers || (!otherClock && end - settings.periodMs / 2 > nowMs)) {
            return;
        }
        if (used && end < nowMs) {
            prolong(nowMs);
        }
        final List<Period> periods = table.periods;
        final long fromMs = otherClock ? nowMs : Math.max(nowMs, table.untilMs(nowMs));
        final int number = file.newNumber(nowMs);
        final byte[] key = new byte[ChaCha20.KEY_LENGTH];
        random.nextBytes(key);
        final PeriodFile.Entry entry = wrapped(
                new PeriodFile.Entry(file.freeSlot(), number, 0, fromMs, fromMs + settings.periodMs, null, null), key);
        entries.add(entry);
        final List<Period> more = new ArrayList<>(periods);
        more.add(new Period(number, fromMs, entry.untilMs(), new UnsafeBuffer(key)));
        table = new Table(List.copyOf(more));
    }

    /** The newest key was used beyond its time, for want of the next one: it is kept as long after that as after any other end. */
    private void prolong(final long untilMs) throws IOException {
        final int last = table.periods.size() - 1;
        final Period period = table.periods.get(last);
        final PeriodFile.Entry entry = entries.get(last);
        final byte[] key = new byte[ChaCha20.KEY_LENGTH];
        period.key.getBytes(0, key);
        entries.set(
                last,
                wrapped(
                        new PeriodFile.Entry(
                                entry.slot(), entry.number(), entry.masterId(), entry.fromMs(), untilMs, null, null),
                        key));
        final List<Period> changed = new ArrayList<>(table.periods);
        changed.set(last, new Period(period.number, period.fromMs, untilMs, period.key));
        table = new Table(List.copyOf(changed));
    }

    /** Whether new bodies are enciphered. */
    public boolean enciphers() {
        return settings.enciphers;
    }

    /** The period that a new body is of; {@link #NONE} where bodies are not enciphered. */
    int current(final long nowMs) {
        final Period period = settings.enciphers ? table.at(nowMs) : null;
        return period == null ? NONE : period.number;
    }

    /** The key of a period; null where it was given up. */
    UnsafeBuffer key(final int number) {
        return table.key(number);
    }

    @Override
    public synchronized void close() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (final IOException e) {
            throw new JournalException("the keys of bodies could not be closed: " + e, e);
        }
    }
}

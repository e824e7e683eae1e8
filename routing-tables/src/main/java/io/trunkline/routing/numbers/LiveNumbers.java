package io.trunkline.routing.numbers;

import io.trunkline.routing.PackedNumber;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Numbers that change while they are asked for: a number file, and above it in memory what changed since. {@link #rebuild}
 * makes a new file of both and puts it into force; whoever asks meanwhile gets the right answer and never waits.
 *
 * <p>Any thread asks. Changes and rebuilds may come from any thread, too; changes wait for one another, but not for a
 * rebuild. Changes are in memory only: whoever feeds them feeds them again after a start, unless a rebuild has put them into
 * the file.
 */
public final class LiveNumbers {
    private static final VarHandle LAYERS;

    static {
        try {
            LAYERS = MethodHandles.lookup().findVarHandle(LiveNumbers.class, "layers", Layers.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final NumberContent content;

    @SuppressWarnings("unused") // Only through LAYERS.
    private Layers layers;

    private boolean rebuilding;

    /**
     * What is asked, from the first to the last.
     *
     * @param fresh takes the changes
     * @param frozen changes that a rebuild is putting into a file; empty when there is none
     */
    private record Layers(NumberDelta fresh, NumberDelta frozen, NumberFile base) {}

    /** Numbers as they are in a file. */
    public LiveNumbers(final NumberFile base, final NumberContent content) {
        this.content = content;
        publish(new Layers(new NumberDelta(0), new NumberDelta(0), base));
    }

    private Layers current() {
        return (Layers) LAYERS.getAcquire(this);
    }

    private void publish(final Layers next) {
        LAYERS.setRelease(this, next);
    }

    /** The value of a {@link PackedNumber}, or {@link NumberFile#NONE}. */
    public long value(final long packedNumber) {
        if (packedNumber == PackedNumber.NONE) {
            return NumberFile.NONE;
        }
        final Layers now = current();
        long value = now.fresh.value(packedNumber);
        if (value == NumberDelta.UNCHANGED) {
            value = now.frozen.value(packedNumber);
        }
        return value == NumberDelta.UNCHANGED ? now.base.value(packedNumber) : value;
    }

    /** The value of a number given as ASCII digits without sign; {@link NumberFile#NONE} for anything else. */
    public long value(final DirectBuffer digits, final int offset, final int length) {
        return value(PackedNumber.of(digits, offset, length));
    }

    /** The file in force. */
    public NumberFile base() {
        return current().base;
    }

    /** Changes that are in no file that is in force. */
    public synchronized int changes() {
        return current().fresh.size() + current().frozen.size();
    }

    /**
     * Gives a number its value, new or other than before.
     *
     * @param number a {@link PackedNumber}
     * @param value above 0
     * @throws IllegalArgumentException where the file has no room for numbers of so many digits, or the value is not above 0
     */
    public synchronized void put(final long number, final long value) {
        if (value <= NumberFile.NONE) {
            throw new IllegalArgumentException("value " + value + " is not above 0");
        }
        current().fresh.put(checked(number), value);
    }

    /** Takes a number away; nothing happens where it is not there. */
    public synchronized void remove(final long number) {
        current().fresh.put(checked(number), NumberFile.NONE);
    }

    private long checked(final long number) {
        final NumberHash hash = current().base.hash();
        if (!hash.covers(number) || PackedNumber.length(number) < 1) {
            throw new IllegalArgumentException(number + " is no packed number of 1.." + hash.maxDigits() + " digits");
        }
        return number;
    }

    /**
     * Puts another file into force, and forgets all changes: the file has been built from all that is known.
     *
     * @throws IllegalStateException during a rebuild
     */
    public synchronized void replace(final NumberFile file) {
        if (rebuilding) {
            throw new IllegalStateException("the numbers are being rebuilt");
        }
        publish(new Layers(new NumberDelta(0), new NumberDelta(0), file));
    }

    /**
     * Writes a file with all that is known at the beginning, opens it and puts it into force; what changes meanwhile stays
     * above it. Reads the old file once and writes the new one once, in the thread that calls. Of the old file's different
     * values those that no number has any more stay in the new one's palette; a {@link NumberFileBuilder} begins without.
     *
     * @param path of the new file; may be that of the old one
     * @throws IOException where it cannot be written or read back; then all stays as it was
     * @throws IllegalStateException during another rebuild
     */
    public NumberFile rebuild(final Path path) throws IOException {
        final Layers before;
        synchronized (this) {
            if (rebuilding) {
                throw new IllegalStateException("the numbers are being rebuilt already");
            }
            rebuilding = true;
            before = new Layers(new NumberDelta(0), current().fresh, current().base);
            publish(before);
        }
        NumberFile file = null;
        try {
            write(path, before);
            file = NumberFile.open(path, content);
            return file;
        } finally {
            synchronized (this) {
                publish(file == null ? unfrozen(current()) : new Layers(current().fresh, new NumberDelta(0), file));
                rebuilding = false;
            }
        }
    }

    private static Layers unfrozen(final Layers now) {
        final NumberDelta all = new NumberDelta(now.fresh.size() + now.frozen.size());
        now.frozen.forEach(all::put);
        now.fresh.forEach(all::put);
        return new Layers(all, new NumberDelta(0), now.base);
    }

    /** Both are gone through by ascending hash; where both have a number, the change counts. */
    private void write(final Path path, final Layers from) throws IOException {
        final NumberHash hash = from.base.hash();
        final long[] changed = hashesOf(from.frozen, hash);
        final Palette palette = new Palette();
        from.base.addValuesTo(palette);
        from.frozen.forEach((number, value) -> {
            if (value != NumberFile.NONE) {
                palette.index(value);
            }
        });
        final NumberFileLayout plan =
                NumberFileLayout.planned(content.code(), from.base.size() + changed.length, hash, palette.size());
        try (NumberFileWriter writer = new NumberFileWriter(path, plan, palette)) {
            final NumberFile.Cursor cursor = from.base.cursor();
            boolean more = cursor.next();
            for (final long itsHash : changed) {
                while (more && cursor.hash() < itsHash) {
                    writer.add(cursor.hash(), cursor.valueIndex());
                    more = cursor.next();
                }
                if (more && cursor.hash() == itsHash) {
                    more = cursor.next();
                }
                final long value = from.frozen.value(hash.number(itsHash));
                if (value != NumberFile.NONE) {
                    writer.add(itsHash, palette.index(value));
                }
            }
            while (more) {
                writer.add(cursor.hash(), cursor.valueIndex());
                more = cursor.next();
            }
            writer.finish();
        }
    }

    private static long[] hashesOf(final NumberDelta delta, final NumberHash hash) {
        final long[] hashes = new long[delta.size()];
        final int[] count = {0};
        delta.forEach((number, value) -> hashes[count[0]++] = hash.of(number));
        Arrays.sort(hashes);
        return hashes;
    }
}

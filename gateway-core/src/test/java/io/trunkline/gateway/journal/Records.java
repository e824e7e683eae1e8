package io.trunkline.gateway.journal;

import io.trunkline.gateway.journal.codec.NamedEncoder;
import java.util.SplittableRandom;

/** Records for tests: every one can be told from its sequence alone, so that a reader's copy can be checked. */
public final class Records {
    private static final int MAX_NAME = 600;
    private static final int MAX_LENGTH = 1024;
    private static final NamedEncoder ENCODER = new NamedEncoder();

    private Records() {}

    /** Commits a {@code Named} record whose content follows from its sequence. */
    public static long append(final Journal journal) {
        return append(journal, new NamedEncoder());
    }

    /** The same without allocation: for one thread at a time. */
    public static synchronized long appendShared(final Journal journal) {
        return append(journal, ENCODER);
    }

    private static long append(final Journal journal, final NamedEncoder encoder) {
        final long sequence = journal.committed() + 1;
        final int offset = journal.begin(NamedEncoder.TEMPLATE_ID, unitOf(sequence), MAX_LENGTH);
        encoder.wrap(journal.buffer(), offset).number(sequence & 0xFFFF_FFFFL).kind((short) 1);
        final int start = encoder.limit() + NamedEncoder.nameHeaderLength();
        final int length = nameLength(sequence);
        for (int i = 0; i < length; i++) {
            journal.buffer().putByte(start + i, nameByte(sequence, i));
        }
        journal.buffer().putShort(encoder.limit(), (short) length, java.nio.ByteOrder.LITTLE_ENDIAN);
        return journal.commit(start + length - offset);
    }

    /** Whether a record read back is the one that {@link #append} wrote under this sequence. */
    public static boolean isWhole(final RecordView record) {
        final long sequence = record.sequence();
        final int length = nameLength(sequence);
        final int header = record.blockLength() + NamedEncoder.nameHeaderLength();
        if (record.templateId() != NamedEncoder.TEMPLATE_ID
                || record.unitId() != unitOf(sequence)
                || record.length() != header + length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (record.buffer().getByte(record.offset() + header + i) != nameByte(sequence, i)) {
                return false;
            }
        }
        return true;
    }

    private static long unitOf(final long sequence) {
        return sequence * 31;
    }

    private static int nameLength(final long sequence) {
        return Math.floorMod((sequence * 0x9E3779B97F4A7C15L) >>> 40, MAX_NAME);
    }

    private static byte nameByte(final long sequence, final int index) {
        return (byte) (sequence * 131 + index * 7L);
    }

    /** A seed that the test prints. */
    public static SplittableRandom seeded(final String test) {
        final String given = System.getProperty("seed");
        final long seed = given == null ? System.nanoTime() : Long.parseLong(given);
        System.out.println(test + ": seed " + seed);
        return new SplittableRandom(seed);
    }
}

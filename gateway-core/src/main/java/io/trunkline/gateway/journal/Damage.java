package io.trunkline.gateway.journal;

import java.util.Locale;

/**
 * A place in the journal that does not hold what it should.
 *
 * @param kind what is wrong
 * @param file file name with its run, {@code run-000012/20261121-0800V.cq4}
 * @param excerpt how many excerpts of the file precede the place, or -1 where it is the file as a whole
 * @param offset of the place in the file, bytes, or -1
 * @param firstSequence first sequence that cannot be read
 * @param lastSequence last one; below {@code firstSequence} where no record is lost
 * @param detail one sentence for the operator
 */
public record Damage(
        Kind kind, String file, long excerpt, long offset, long firstSequence, long lastSequence, String detail) {

    /** What is wrong. */
    public enum Kind {
        /** Bytes of records do not have their checksum. */
        RECORD("put the file back from a copy, if there is one, while the daemon is stopped; look at the disk"),
        /** The header of an excerpt is wrong; no record is lost by it. */
        HEADER("nothing is lost by it; look at the disk"),
        /** Records are missing at the end of a file although they were closed or forced. */
        END_MISSING("put the file back from a copy, if there is one, while the daemon is stopped; look at the disk"),
        /** A file that its manifest names is gone. */
        FILE_MISSING("put the file back from where it is, or from a copy, while the daemon is stopped"),
        /** A file holds other records than its manifest says. */
        FILE_SWAPPED("give the file back its own name, while the daemon is stopped"),
        /** A file holds records that another one holds. */
        FILE_TWICE("move it out of the journal while the daemon is stopped: its records are read from the other file"),
        /** Records between two files are missing, and no manifest names them. */
        GAP("put back what was here, from where it is or from a copy, while the daemon is stopped"),
        /** A manifest, mark or state file does not have its checksum. */
        SIDECAR("nothing is lost by it: the next start of the daemon writes it anew"),
        /** The hash over all records of a file is not the one in its manifest. */
        HASH("put the file back from a copy, if there is one, while the daemon is stopped; find out who wrote to it");

        private final String remedy;

        Kind(final String remedy) {
            this.remedy = remedy;
        }

        /** What an operator can do about it. */
        public String remedy() {
            return remedy;
        }

        /** {@code end-missing}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Records that cannot be read. */
    public long records() {
        return Math.max(0, lastSequence - firstSequence + 1);
    }

    /** {@code record run-000012/20261121-0800V.cq4 excerpt 17 offset 70304: records 812..815: …}. */
    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder(160);
        text.append(kind).append(' ').append(file);
        if (excerpt >= 0) {
            text.append(" excerpt ").append(excerpt);
        }
        if (offset >= 0) {
            text.append(" offset ").append(offset);
        }
        if (records() > 0) {
            text.append(": records ").append(firstSequence).append("..").append(lastSequence);
        }
        return text.append(": ").append(detail).toString();
    }
}

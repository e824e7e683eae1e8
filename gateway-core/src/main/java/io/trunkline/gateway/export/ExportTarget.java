package io.trunkline.gateway.export;

import java.util.List;

/** Where events go. */
public interface ExportTarget {
    /** Where it is, for messages. */
    String describe();

    /**
     * Opens it for the only writer: what an earlier session left half done is undone, and nothing of it comes in later.
     *
     * @throws ExportException where it cannot be opened at present
     */
    Session open() throws ExportException;

    /** Has a call that waits, of this or of its session, come back with an exception. Any thread. */
    void wakeUp();

    /**
     * How far a target has been written.
     *
     * @param index of the last event that counts; 0 where none is there
     * @param timeNs of that event
     * @param identity changes where another target has taken the name of an earlier one
     */
    record Reached(long index, long timeNs, String identity) {}

    /** A target that is open. For one thread. After an exception it is only closed. */
    interface Session extends AutoCloseable {
        /** What was there when it was opened. */
        Reached reached();

        /**
         * Adds events, all of them or none.
         *
         * @param events by ascending index, behind all that are there
         * @throws ExportException where it is not known that they were added; the next session tells
         */
        void write(List<ExportEvent> events) throws ExportException;

        @Override
        void close();
    }
}

package io.trunkline.smpp.text;

/** Messages from the oldest to the newest, linked through themselves. */
final class MessageAgeList {
    private ReassembledMessage oldest;
    private ReassembledMessage newest;
    private int size;

    void add(final ReassembledMessage message) {
        message.older = newest;
        message.newer = null;
        if (newest == null) {
            oldest = message;
        } else {
            newest.newer = message;
        }
        newest = message;
        size++;
    }

    void remove(final ReassembledMessage message) {
        if (message.older == null) {
            oldest = message.newer;
        } else {
            message.older.newer = message.newer;
        }
        if (message.newer == null) {
            newest = message.older;
        } else {
            message.newer.older = message.older;
        }
        message.older = null;
        message.newer = null;
        size--;
    }

    ReassembledMessage oldest() {
        return oldest;
    }

    int size() {
        return size;
    }
}

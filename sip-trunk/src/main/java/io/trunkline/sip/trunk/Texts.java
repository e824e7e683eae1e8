package io.trunkline.sip.trunk;

/** Judges texts of the configuration that are written into messages. */
final class Texts {
    private Texts() {}

    /** Printable ASCII that needs no escape between quotes. */
    static void quotable(final String text, final String what) {
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '"' && c != '\\')) {
            throw new IllegalArgumentException(what + " must be printable ASCII without quotes: " + text);
        }
    }

    /** A user part or host: nothing that would end a URI or its brackets. */
    static void uriPart(final String text, final String what) {
        if (!text.matches("[0-9A-Za-z._~!$&'()*+,;=:\\[\\]%-]+")) {
            throw new IllegalArgumentException(what + " is no part of a URI: " + text);
        }
    }
}

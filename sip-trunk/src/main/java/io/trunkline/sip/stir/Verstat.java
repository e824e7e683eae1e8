package io.trunkline.sip.stir;

/** Values of the parameter {@code verstat} of an identity (3GPP TS 24.229 §7.2A.20), by which a network tells its own elements. */
public enum Verstat {
    PASSED("TN-Validation-Passed"),
    FAILED("TN-Validation-Failed"),
    NOT_DONE("No-TN-Validation");

    private final String text;

    Verstat(final String text) {
        this.text = text;
    }

    /** The value on the wire. */
    public String text() {
        return text;
    }
}

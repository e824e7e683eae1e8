package io.trunkline.gateway.calls;

import java.util.Locale;

/** Which way a call goes. The numbers are those of the journal and of the upstream protocol. */
public enum CallDirection {
    /** To the network, through a carrier's trunk. */
    OUT(1),
    /** From the network, to the tenant that owns the number. */
    IN(2);

    private final int number;

    CallDirection(final int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** For people and programs: {@code out}, {@code in}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The direction of a number from the journal. */
    public static CallDirection of(final int number) {
        return number == IN.number ? IN : OUT;
    }
}

package io.trunkline.routing.numbers;

/** What the values of a number file are, so that a file of one kind is not taken for another. */
public enum NumberContent {
    /** {@link NumberOwner}: tenant and capabilities. */
    OWNERS(1),
    /** The network that a number was ported to. */
    NETWORKS(2);

    private final int code;

    NumberContent(final int code) {
        this.code = code;
    }

    /** How files name it; never given anew. */
    int code() {
        return code;
    }

    static String describe(final int code) {
        for (final NumberContent content : values()) {
            if (content.code == code) {
                return content.name().toLowerCase(java.util.Locale.ROOT);
            }
        }
        return "content " + code;
    }
}

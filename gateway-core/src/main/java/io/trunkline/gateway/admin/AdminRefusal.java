package io.trunkline.gateway.admin;

/** The answer is no; the caller is told why and what to do. */
public final class AdminRefusal extends Exception {
    private static final long serialVersionUID = 1L;
    private final String code;
    private final String remedy;

    /**
     * A refusal.
     *
     * @param code stable word for scripts: {@code not-found}, {@code bad-argument}, {@code busy}, …
     */
    public AdminRefusal(final String code, final String message, final String remedy) {
        super(message, null, false, false);
        this.code = code;
        this.remedy = remedy;
    }

    public String code() {
        return code;
    }

    public String remedy() {
        return remedy;
    }
}

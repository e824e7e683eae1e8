package io.trunkline.gateway.upstream.smpp;

import io.trunkline.gateway.engine.UnitState;

/** Values of a unit's receipt wish: those of the binary protocol, and two that only SMPP has. */
final class ReceiptWishes {
    static final int NONE = 1;
    static final int FINAL = 2;
    static final int ALL = 3;
    /** The final state where it is not success (SMPP 3.4 §5.2.17). */
    static final int FAILURE = 4;
    /** The final state where it is success. */
    static final int SUCCESS = 5;

    private ReceiptWishes() {}

    /** Whether a state is told to who has this wish; one that is not known (0) is told all. */
    static boolean want(final int wish, final UnitState state) {
        final boolean terminal = state == null || state.terminal();
        return switch (wish) {
            case NONE -> false;
            case FINAL -> terminal;
            case FAILURE -> terminal && state != UnitState.DELIVERED;
            case SUCCESS -> state == UnitState.DELIVERED;
            default -> true;
        };
    }
}

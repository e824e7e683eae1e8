package io.trunkline.gateway.admin;

import java.util.List;

/** Whether the daemon lives and is ready; asked by any thread, answered at once and without the shard's help. */
public interface Health {
    /** False where the shard's thread has not finished a duty cycle for so long that only a restart can help. */
    boolean live();

    /** Why it does not take messages now; empty where it does. One carrier that is down is no reason. */
    List<String> notReady();
}

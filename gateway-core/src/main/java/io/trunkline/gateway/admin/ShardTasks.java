package io.trunkline.gateway.admin;

import java.util.function.Function;

/**
 * Hands work to the shard's thread and waits for it: the only way in which a housekeeping thread reads or changes what
 * the shard owns. A bounded queue; full, or not served in time, is a refusal ({@code busy}), never a wait without end.
 */
public interface ShardTasks {
    /**
     * Runs {@code task} on the shard between two duty cycles and returns what it returns. The task must be short, must
     * not block, and must copy what it hands out.
     *
     * @throws AdminRefusal {@code busy} where the queue is full or the shard does not come to it in time,
     *     {@code stopping} where it never will
     */
    <T> T call(Function<ShardView, T> task) throws AdminRefusal;
}

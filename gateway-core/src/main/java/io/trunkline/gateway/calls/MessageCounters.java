package io.trunkline.gateway.calls;

/** MESSAGE requests since the daemon began. Written by the shard only. */
final class MessageCounters {
    /** From those who may send them. */
    long received;

    long accepted;
    /** Of the accepted those that we had already. */
    long repeated;

    long refused;
}

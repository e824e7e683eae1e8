package io.trunkline.gateway.upstream.smpp;

/** What is kept with a session that was let in. */
final class SmppSession {
    final AnswerGate gate;
    SmppAccount account;
    /** Where its deliveries come from; null where it only submits. */
    DeliveryFeed feed;

    boolean bound;

    SmppSession(final SmppAccount account, final AnswerGate gate) {
        this.account = account;
        this.gate = gate;
    }
}

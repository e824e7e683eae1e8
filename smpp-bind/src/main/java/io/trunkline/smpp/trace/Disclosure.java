package io.trunkline.smpp.trace;

/** How much of a PDU a description may show. */
public enum Disclosure {
    /** Neither what people write to each other nor passwords; only how long they are. */
    FIELDS,
    /** Messages too. */
    MESSAGES,
    /** Passwords too: only where both ends are ours. */
    SECRETS
}

/**
 * SMPP 3.4 and 5.0 on the wire: the framer, flyweight decoders that point into the receive buffer, encoders that append to
 * the send buffer. Tolerant in what it reads, strict in what it writes; nothing here keeps a session's state, allocates per
 * PDU or throws at a peer's bytes: what is wrong with a PDU comes back as the command_status to answer it with.
 */
package io.trunkline.smpp.codec;

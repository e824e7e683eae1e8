/**
 * PDUs for people: a description of one PDU, field by field, for traces and tests. It allocates as it likes and is never on
 * the way of a message.
 */
package io.trunkline.smpp.trace;

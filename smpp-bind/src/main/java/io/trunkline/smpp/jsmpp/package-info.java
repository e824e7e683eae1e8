/**
 * The only room that jSMPP is let into. Its composer and decomposer are a second opinion on our codec, by other people: for
 * traces that someone doubts, and for the tests that hold the two against each other. Its sessions, readers and queues are
 * not used, and nothing of it is on the way of a message.
 */
package io.trunkline.smpp.jsmpp;

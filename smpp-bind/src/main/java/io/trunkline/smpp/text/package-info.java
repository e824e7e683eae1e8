/**
 * Text and segments: alphabets, the choice of an encoding, cutting a message into segments and joining inbound ones. Works
 * on buffers, without sockets or sessions, and allocates nothing once its objects are built. What a receipt says is read
 * in {@code io.trunkline.smpp.receipt}.
 */
package io.trunkline.smpp.text;

/** Deadlines of what lives on one thread: a timing wheel without a clock, a thread or an entry to allocate. */
package io.trunkline.sip.time;

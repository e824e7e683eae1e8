/**
 * Routing tables at the size that carriers have, beside what the JDK and Apache Commons Collections offer for the same
 * question: which row has the longest prefix of this number?
 */
package io.trunkline.perf.routes;

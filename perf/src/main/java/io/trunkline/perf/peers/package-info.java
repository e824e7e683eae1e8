/**
 * Others that do what Trunkline does, run beside it for comparison: resolved from Maven Central or Debian when they are
 * needed, started as processes of their own, never shipped. Their programs and poms are in {@code perf/peers}.
 */
package io.trunkline.perf.peers;

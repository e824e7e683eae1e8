/**
 * SIPp as callers and callees: its processes, its scenarios, and what its own logs say. An independent peer, so the judge of
 * calls reads these logs and nothing that Trunkline says of itself.
 */
package io.trunkline.perf.sipp;

/** What a run looks like while it goes on: a live screen on a terminal, plain lines elsewhere. Reads samples only. */
package io.trunkline.perf.screen;

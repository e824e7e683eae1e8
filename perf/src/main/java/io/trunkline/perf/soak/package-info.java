/** What a long run must show: that nothing of a process grows with time, told from noise. */
package io.trunkline.perf.soak;

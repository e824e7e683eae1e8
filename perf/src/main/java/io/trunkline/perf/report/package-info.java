/**
 * What is made of a run of load: samples by second, the summary, thresholds, and the files that show it (HTML, JSON, CSV,
 * HdrHistogram's .hgrm and .hlog). Knows roles by their interface only; sends nothing itself.
 */
package io.trunkline.perf.report;

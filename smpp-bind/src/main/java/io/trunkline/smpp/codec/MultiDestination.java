package io.trunkline.smpp.codec;

/** One destination of a submit_multi (SMPP 3.4 §4.5.1.1). */
public sealed interface MultiDestination permits SmeAddress, DistributionList {}

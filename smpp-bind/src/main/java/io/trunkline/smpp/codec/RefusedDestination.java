package io.trunkline.smpp.codec;

/**
 * One unsuccess_sme of a submit_multi_resp (SMPP 3.4 §4.5.2.1).
 *
 * @param status see {@link CommandStatus}
 */
public record RefusedDestination(SmeAddress destination, int status) {}
